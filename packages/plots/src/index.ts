export { type SealedAuction, sealedAuction } from './auctions/sealed-auction.ts';
export { toCsv } from './csv.ts';
export type { Cell, Figure, FigureOptions, Lettering, Look, Mark, Point } from './figure.ts';
export { toHtml } from './html.ts';
export { pageStyle, palette, type Role } from './palette.ts';
export { pictureOf } from './picture-of.ts';
export type { AnyRecord, AnyRun } from './run-shape.ts';
export { type SvgOptions, toSvg } from './svg.ts';
