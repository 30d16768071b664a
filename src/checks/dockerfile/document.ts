import type { CheckContext, Span } from '../types.ts';
import type { Mapped } from './parser/mapped.ts';
import type { HadolintSettings } from './settings.ts';
import type { Script } from './shell/script.ts';

/** Names of instructions as BuildKit knows them, and `?` for any other word. */
export type Keyword =
  | 'ADD'
  | 'ARG'
  | 'CMD'
  | 'COPY'
  | 'ENTRYPOINT'
  | 'ENV'
  | 'EXPOSE'
  | 'FROM'
  | 'HEALTHCHECK'
  | 'LABEL'
  | 'MAINTAINER'
  | 'ONBUILD'
  | 'RUN'
  | 'SHELL'
  | 'STOPSIGNAL'
  | 'USER'
  | 'VOLUME'
  | 'WORKDIR'
  | '?';

/** An argument. `text` is as written, with the quotes and escapes that the instruction leaves to variable substitution; of JSON forms the value. */
export interface Word extends Span {
  readonly text: string;
}

/** `--name=value` before an instruction's arguments. */
export interface Flag extends Span {
  readonly name: string;
  readonly value: string | undefined;
}

/** `key=value` of ENV, LABEL and ARG, quotes kept. `legacy`: `ENV key value`. */
export interface Pair extends Span {
  readonly key: Word;
  readonly value: Word | undefined;
  readonly legacy: boolean;
}

export interface Heredoc {
  readonly name: string;
  /** `<<-`: leading tabs are taken off. */
  readonly chomp: boolean;
  /** Not quoted: variables are substituted. */
  readonly expand: boolean;
  /** The lines between, tabs taken off where asked. */
  readonly content: Mapped;
}

export interface Instruction extends Span {
  readonly keyword: Keyword;
  /** As written. */
  readonly written: Word;
  /** From 0: its first line, its last one (here-documents included). */
  readonly line: number;
  readonly endLine: number;
  /** The logical line's arguments after the flags. */
  readonly rest: Mapped;
  readonly flags: readonly Flag[];
  /** Arguments, as the instruction splits them; of HEALTHCHECK without its type; of the shell form one word. */
  readonly words: readonly Word[];
  readonly pairs: readonly Pair[];
  /** Written as a JSON array. */
  readonly json: boolean;
  readonly heredocs: readonly Heredoc[];
  /** Of ONBUILD: what is triggered. */
  readonly trigger?: Instruction;
  /** Of HEALTHCHECK: `CMD` or `NONE`. */
  readonly type?: Word;
  /** Comments directly before it, without `#`. */
  readonly comments: readonly Comment[];
  /** Its commands, where it runs some and a POSIX shell reads them. */
  readonly script?: Script;
  /** The shell that reads the shell form here: `/bin/sh -c` where nothing else is said. */
  readonly shell: readonly string[];
}

export interface Comment extends Span {
  /** Without `#` and the spaces around. */
  readonly text: string;
  /** From 0. */
  readonly line: number;
}

/** `[registry/]name[:tag][@digest]` as written; undefined parts are not there. */
export interface ImageName {
  readonly text: string;
  readonly registry: string | undefined;
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export interface Stage {
  readonly index: number;
  readonly from: Instruction;
  /** What it begins with, as written and with defaults of build arguments filled in. */
  readonly image: Word | undefined;
  readonly resolved: ImageName | undefined;
  /** Lower case. */
  readonly name: string | undefined;
  readonly alias: Word | undefined;
  /** The stage of this file that it begins with. */
  readonly base: Stage | undefined;
  readonly instructions: readonly Instruction[];
  /** Nothing builds on it or copies from it after, and it is the last: what is shipped. */
  readonly final: boolean;
  /** It is, or a later stage that is shipped begins with it. */
  readonly shipped: boolean;
}

/** Text that BuildKit would refuse, or that means nothing to it. */
export interface Problem extends Span {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Dockerfile {
  readonly path: string;
  readonly text: string;
  readonly directives: readonly Directive[];
  readonly escape: '\\' | '`';
  /** In order, those before the first FROM included. */
  readonly instructions: readonly Instruction[];
  /** ARG before the first FROM. */
  readonly globals: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly comments: readonly Comment[];
  /** Places of empty lines within a continued instruction. */
  readonly emptyContinuations: readonly Span[];
  readonly problems: readonly Problem[];
  readonly context: CheckContext;
  readonly settings: HadolintSettings;
}

export interface Directive extends Span {
  readonly name: 'syntax' | 'escape' | 'check';
  readonly value: string;
}
