#!/usr/bin/env node
import { runProcess } from '@mechane/cli';

await runProcess();
