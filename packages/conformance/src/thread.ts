export { type VerifyModuleOptions, verifyModule } from './apart/verify-module.ts';
