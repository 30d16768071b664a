#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Before anything else is loaded: what is loaded afterwards is compiled once for all runs.
enableCompileCache();
await import('./run.ts');
