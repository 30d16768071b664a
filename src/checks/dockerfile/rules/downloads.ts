import type { Instruction } from '../document.ts';
import { type Call, calls, hasFlag } from '../shell/calls.ts';
import type { Script } from '../shell/script.ts';
import { sources } from './files.ts';
import { allCalls, callSpan, type DockerfileRule, each, inStage, isDynamic, isUrl, rule, runs, unquoted } from './kit.ts';

const INTERPRETERS = /^(?:sh|bash|dash|ash|ksh|zsh|fish|python[0-9.]*|perl|ruby|node|php|pwsh|powershell)$/;
const DOWNLOADERS = new Set(['curl', 'wget', 'fetch', 'aria2c', 'http']);

/** What comes over the network is run at once: nobody has seen it, and nothing says that it is what it was yesterday. */
const pipedToShell = rule(
  'download-piped-to-shell',
  'high',
  ['CIS-DI-0011'],
  (document, report) => {
    for (const { stage, script } of runs(document)) {
      for (const { start, end, stages } of script.pipelines) {
        const first = stages.findIndex((commands) => callsOf(script, commands).some((call) => DOWNLOADERS.has(call.name)));
        const run =
          first < 0
            ? undefined
            : stages
                .slice(first + 1)
                .flatMap((commands) => callsOf(script, commands))
                .find(reads);
        if (run) report({ start, end }, { params: { interpreter: run.name }, ...inStage(stage) });
      }
      // bash <(curl ...), sh -c "$(curl ...)", eval "$(curl ...)"
      for (const call of calls(script)) {
        const runsText = INTERPRETERS.test(call.name) || ['eval', 'source', '.'].includes(call.name);
        const arg = runsText && call.args.find(({ text }) => /^(?:<\(|\$\()\s*(?:curl|wget)\b/.test(text));
        if (arg) report(callSpan(call), { params: { interpreter: call.name }, ...inStage(stage) });
      }
    }
  },
  { benchmarks: ['CIS Docker 4.11', 'CIS Docker 4.12'], references: ['https://docs.docker.com/build/building/best-practices/'] },
);

function callsOf(script: Script, commands: readonly { readonly start: number; readonly end: number }[]): readonly Call[] {
  return calls(script).filter((call) => commands.some((command) => call.command.start >= command.start && call.command.end <= command.end));
}

/** An interpreter without a file to run reads what the pipe brings. */
function reads(call: Call): boolean {
  if (!INTERPRETERS.test(call.name)) return false;
  const given = call.args.filter((arg) => !arg.text.startsWith('-') && !/^[a-z]+:\/\//.test(arg.text));
  const stdin = call.args.some((arg) => arg.text === '-s' || arg.text === '-' || /^-[a-z]*s$/.test(arg.text));
  if (hasFlag(call, 'c', 'e') && !stdin) return false;
  return given.length === 0 || stdin;
}

/** Checking of the server's certificate is switched off. */
const insecure = rule(
  'download-insecure',
  'high',
  [],
  (document, report) => {
    for (const { call, stage } of allCalls(document)) {
      const arg = call.args.find(({ text }) => INSECURE[call.name]?.test(text));
      if (arg) report(callSpan(call), { params: { program: call.name, option: arg.text }, ...inStage(stage) });
    }
    for (const { instruction, stage } of each(document, 'ENV')) {
      for (const pair of instruction.pairs) {
        const off = OFF[pair.key.text];
        if (off?.test(pair.value?.text ?? ''))
          report(pair, { params: { program: pair.key.text, option: pair.value?.text ?? '' }, ...inStage(stage) });
      }
    }
  },
  {
    benchmarks: ['CIS Docker 4.11'],
    references: ['https://curl.se/docs/sslcerts.html', 'https://cwe.mitre.org/data/definitions/295.html'],
  },
);

const INSECURE: Readonly<Record<string, RegExp>> = {
  curl: /^(?:--insecure|-[a-zA-Z]*k[a-zA-Z]*)$/,
  wget: /^--no-check-certificate$/,
  git: /^http\.sslVerify=(?:false|0)$/i,
  npm: /^--?strict-ssl(?:=false)?$|^--no-strict-ssl$/,
  pip: /^--trusted-host(?:=|$)/,
  pip3: /^--trusted-host(?:=|$)/,
  yarn: /^--no-strict-ssl$/,
  apk: /^--no-check-certificate$/,
};
const OFF: Readonly<Record<string, RegExp>> = {
  NODE_TLS_REJECT_UNAUTHORIZED: /^["']?0["']?$/,
  PYTHONHTTPSVERIFY: /^["']?0["']?$/,
  GIT_SSL_NO_VERIFY: /^["']?(?:1|true)["']?$/i,
  GIT_SSL_VERIFY: /^["']?(?:0|false)["']?$/i,
  npm_config_strict_ssl: /^["']?false["']?$/i,
  NPM_CONFIG_STRICT_SSL: /^["']?false["']?$/i,
};

const CHECKERS =
  /^(?:sha(?:1|224|256|384|512)sum|md5sum|shasum|b2sum|b3sum|cksum|gpg2?|gpgv|cosign|minisign|signify|openssl|rpm|dpkg-sig|slsa-verifier|gh|cmp|dpkg|jarsigner)$/;

/** A file is fetched and nothing in the same step says that it is the one that was meant. */
const unverified = rule(
  'download-unverified',
  'low',
  ['CIS-DI-0011'],
  (document, report) => {
    for (const { instruction, stage, script } of runs(document)) {
      const all = calls(script);
      if (all.some((call) => CHECKERS.test(call.name) || /check(?:sum)?|verify/i.test(call.name))) continue;
      for (const call of all) {
        if (call.name !== 'curl' && call.name !== 'wget') continue;
        const url = call.args.find(({ text }) => isUrl(text) && !/^https?:\/\/(?:localhost|127\.|\[::1\])/.test(text));
        if (url && keepsFile(call, instruction, script))
          report(callSpan(call), { params: { url: url.text.slice(0, 200) }, ...inStage(stage) });
      }
    }
  },
  {
    benchmarks: ['CIS Docker 4.11', 'CIS Docker 4.12'],
    references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
  },
);

/** It writes a file, or into an unpacker; answers of services that are only read are no downloads. */
function keepsFile(call: Call, _instruction: Instruction, script: Script): boolean {
  if (call.command.substituted) return false;
  if (
    call.name === 'wget' &&
    !call.args.some((arg) => /^(?:-[a-zA-Z]*O-|--output-document=-)$/.test(arg.text)) &&
    !call.args.some((arg, at) => /^-[a-zA-Z]*O$/.test(arg.text) && call.args[at + 1]?.text === '-')
  )
    return true;
  if (hasFlag(call, 'o', 'O', 'output', 'remote-name') && call.name === 'curl') return true;
  if (call.command.redirects.some((redirect) => redirect.operator.startsWith('>') && redirect.target?.text !== '/dev/null')) return true;
  const piped = script.pipelines.find((pipeline) => pipeline.stages[0]?.some((command) => command.start === call.command.start));
  return (
    piped?.stages
      .slice(1)
      .some((commands) =>
        commands.some((command) => /^(?:tar|unzip|gunzip|dpkg|bsdtar|xz|funzip|zcat|cpio)$/.test(command.first?.text ?? '')),
      ) ?? false
  );
}

const plainHttp = rule(
  'download-plain-http',
  'medium',
  [],
  (document, report) => {
    const look = (text: string): boolean =>
      /^http:\/\/(?!localhost\b|127\.|\[::1\]|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|host\.docker\.internal)/i.test(text);
    for (const { call, stage } of allCalls(document)) {
      if (!DOWNLOADERS.has(call.name) && call.name !== 'git') continue;
      const url = call.args.find(({ text }) => look(text));
      if (url) report(url, { params: { url: url.text.slice(0, 200) }, ...inStage(stage) });
    }
    for (const { instruction, stage } of each(document, 'ADD')) {
      if (instruction.flags.some((flag) => flag.name === 'checksum')) continue;
      for (const source of sources(instruction))
        if (look(source.text)) report(source, { params: { url: source.text.slice(0, 200) }, ...inStage(stage) });
    }
  },
  { benchmarks: ['CIS Docker 4.11'], references: ['https://cwe.mitre.org/data/definitions/319.html'] },
);

const addUrl = rule(
  'add-without-checksum',
  'medium',
  ['CIS-DI-0009'],
  (document, report) => {
    for (const { instruction, stage } of each(document, 'ADD')) {
      if (instruction.flags.some((flag) => flag.name === 'checksum')) continue;
      const source = sources(instruction).find(({ text }) => isUrl(text) && !/\.git(?:[#?].*)?$/.test(text));
      if (source) report(source, { params: { url: source.text.slice(0, 200) }, ...inStage(stage) });
    }
  },
  { benchmarks: ['CIS Docker 4.9', 'CIS Docker 4.11'], references: ['https://docs.docker.com/reference/dockerfile/#add---checksum'] },
);

/** `curl` without it takes an error page for the file. */
const curlFail = rule(
  'curl-without-fail',
  'low',
  [],
  (document, report) => {
    for (const { call, stage, instruction, script } of allCalls(document)) {
      if (call.name !== 'curl' || hasFlag(call, 'f', 'fail', 'fail-with-body', 'I', 'head', 'V', 'version', 'help', 'h', 'w', 'write-out'))
        continue;
      if (!call.args.some(({ text }) => isUrl(text) || isDynamic(text)) || !keepsFile(call, instruction, script)) continue;
      report(callSpan(call), inStage(stage));
    }
  },
  { references: ['https://curl.se/docs/manpage.html#-f'] },
);

/** Credentials in the address end up in the layer's history. */
const credentialsInUrl = rule(
  'credentials-in-url',
  'high',
  ['CIS-DI-0010'],
  (document, report) => {
    for (const { call, stage } of allCalls(document)) {
      for (const arg of call.args)
        if (hasPassword(arg.text)) report(arg, { masked: [arg], params: { program: call.name }, ...inStage(stage) });
    }
    for (const { instruction, stage } of each(document, 'ENV', 'ARG')) {
      for (const { key, value } of instruction.pairs) {
        if (value && hasPassword(unquoted(value.text)))
          report(value, { masked: [value], params: { program: key.text }, ...inStage(stage) });
      }
    }
  },
  { benchmarks: ['CIS Docker 4.10'], references: ['https://docs.docker.com/build/building/secrets/'] },
);

/** `scheme://user:password@host`, the password written out. */
function hasPassword(text: string): boolean {
  const match = /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/@:]*:([^\s/@]+)@/i.exec(text.slice(0, 2000));
  return match !== null && !/^\$|^<.*>$|^x+$|^\*+$/i.test(match[1]!);
}

export const downloadRules: readonly DockerfileRule[] = [pipedToShell, insecure, unverified, plainHttp, addUrl, curlFail, credentialsInUrl];
