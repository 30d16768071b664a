#!/usr/bin/env node
// Writes the report as one comment of a pull request, and keeps it: the comment of an earlier run is found by its marks, the first lines,
// and changed in place. That it may not (a pull request from a fork has a token that only reads) or cannot is said as an annotation
// and fails nothing: the gate decides, not a comment. Where an image could not be scanned, nobody may go on reading what an earlier
// commit came to: the comment then says that this one could not be judged, and why.
//
//   comment.mjs [REPORT]  with GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_EVENT_PATH as GitHub gives them; IMAGE is what was
//                         to be scanned, OUTCOME what that came to (pass, fail, unknown; anything else is an error), ERRORS a file of what was
//                         said on standard error, LANGUAGE en or ko
//
// Source: GitHub's REST API, "Issue comments"; "Workflow commands".
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const { GITHUB_TOKEN, GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY = '', GITHUB_EVENT_PATH = '' } = process.env;
const { IMAGE = '', OUTCOME = '', ERRORS = '', LANGUAGE = '' } = process.env;
const PER_PAGE = 100;
/** Nobody reads further; a pull request with more gets a new comment. */
const MOST_PAGES = 30;
/** What GitHub takes. */
const MOST_CHARACTERS = 65_536;
/** Of what was said on standard error: its end, where the error is. */
const MOST_ERRORS = 4000;
const JUDGED = ['pass', 'fail', 'unknown'];
const WORDS = {
  en: {
    title: 'Gate: this commit could not be judged',
    text: (commit, image) => `${image} of ${commit} could not be scanned. What an earlier run said here does not hold for it.`,
    unsaid: 'The log of the run says why.',
  },
  ko: {
    title: '게이트: 이 커밋은 판정하지 못했습니다',
    text: (commit, image) => `커밋 ${commit}의 ${image}을(를) 검사하지 못했습니다. 이전 실행의 결과는 이 커밋에 해당하지 않습니다.`,
    unsaid: '이유는 실행 로그에 있습니다.',
  },
};

class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function api(method, path, body) {
  const answer = await fetch(`${GITHUB_API_URL}${path}`, {
    method,
    headers: {
      'accept': 'application/vnd.github+json',
      'authorization': `Bearer ${GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
      'user-agent': 'plimsoll',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  if (!answer.ok) throw new ApiError(answer.status, `${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
  return JSON.parse(text);
}

/** The first comment of ours that begins with the report's mark, or else one of the same input. */
async function earlier(comments, { report, input }) {
  let second;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const found = await api('GET', `${comments}?per_page=${PER_PAGE}&page=${page}`);
    const ours = found.filter((each) => typeof each.body === 'string' && isOurs(each));
    const first = report && ours.find(({ body }) => body.startsWith(report));
    if (first) return first;
    second ??= ours.find(({ body }) => marksOf(body).input === input);
    if (found.length < PER_PAGE || (second && !report)) break;
  }
  return second;
}

/** The marks that a comment begins with: `report` is the reporter's and names the image as it was read, `input` is of what was to be scanned. */
function marksOf(body) {
  const [, report, input] = /^(<!-- plimsoll: [^\n]*? -->)?\s*(<!-- plimsoll-input: [^\n]*? -->)?/.exec(body);
  return { report, input };
}

/** The same for every commit: without tag and digest, as most runs have another. A file or folder is called what it is called. */
function inputMark(image) {
  const [, prefix = '', rest = ''] = /^((?:registry|docker|podman|containerd):(?!\d+\/))?(.*)$/s.exec(image) ?? [];
  const stored = /^(docker-archive|oci-archive|oci|dir|rootfs|sbom):/.test(image);
  const name = stored ? image : prefix + rest.replace(/@[^@]*$/, '').replace(/:[^/:]*$/, '');
  return `<!-- plimsoll-input: ${name.replace(/[^\w./:@]+/g, '-').slice(0, 200)} -->`;
}

/** Anybody may write a comment with our mark, wait until it holds our report, and change it then: only those of bots and of the repository's own people are taken. */
function isOurs({ user, author_association: association }) {
  return user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association);
}

/** An annotation of the run. */
function say(level, text) {
  const escaped = text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  console.log(`::${level} title=Plimsoll::${escaped}`);
}

/** The number of the pull request and its last commit, as far as the event names them. */
function pullRequest() {
  const event = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'));
  const number = event.pull_request?.number ?? (event.issue?.pull_request ? event.issue.number : undefined);
  return { number, commit: event.pull_request?.head?.sha ?? process.env.GITHUB_SHA ?? '' };
}

/** As code of a Markdown page, where nothing of it is markup or calls anybody. */
function code(text) {
  return `<code>${[...text].map((letter) => (/[\w ./:-]/.test(letter) ? letter : `&#${letter.codePointAt(0)};`)).join('')}</code>`;
}

function block(text) {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}text\n${text}\n${fence}`;
}

/** What was said on standard error, without what no page shows. */
function errors() {
  try {
    const text = stripVTControlCharacters(readFileSync(ERRORS, 'utf8'))
      .replace(/[^\P{C}\n\t]/gu, '')
      .trim();
    return text.length > MOST_ERRORS ? `…${text.slice(-MOST_ERRORS).toWellFormed()}` : text;
  } catch {
    return '';
  }
}

/** The report if it judges; else what went wrong, and below it the report as far as there is one: of the other platforms, say. */
function text(report, commit) {
  if (JUDGED.includes(OUTCOME)) return report;
  const words = WORDS[LANGUAGE] ?? WORDS.en;
  const said = errors();
  const error = [
    `## ${words.title}`,
    words.text(code(commit.slice(0, 12)), code(IMAGE.slice(0, 300))),
    said ? block(said) : words.unsaid,
  ].join('\n\n');
  const whole = `${error}\n\n${report}`;
  return `${(whole.length > MOST_CHARACTERS - 600 ? error : whole).trim()}\n`;
}

async function main(file) {
  const { number, commit } = pullRequest();
  if (number === undefined) return say('notice', 'This run belongs to no pull request; there is nothing to comment on.');
  if (!GITHUB_TOKEN) return say('notice', 'There is no token to comment with; the report is in the summary of the run.');
  const written = file ? readFileSync(file, 'utf8') : '';
  const { report } = marksOf(written);
  if (file && !report) throw new Error(`${file} does not begin with the mark of a Plimsoll report`);
  const input = inputMark(IMAGE);

  const comments = `/repos/${GITHUB_REPOSITORY}/issues/${number}/comments`;
  try {
    const ours = await earlier(comments, { report, input });
    // A run without a report keeps the mark of the one before, by which the next is found again.
    const marks = [report ?? (ours && marksOf(ours.body).report), input].filter(Boolean).join('\n');
    const body = `${marks}\n\n${text(written.slice(report?.length ?? 0).trimStart(), commit)}`;
    if (ours?.body === body) return console.log(`The comment says this already: ${ours.html_url}`);
    const answer = ours
      ? await api('PATCH', `/repos/${GITHUB_REPOSITORY}/issues/comments/${ours.id}`, { body })
      : await api('POST', comments, { body });
    console.log(`${ours ? 'Changed' : 'Written'}: ${answer.html_url}`);
  } catch (error) {
    if ([401, 403, 404].includes(error.status)) {
      const why = 'a pull request from a fork has a token that only reads, others need the permission pull-requests: write';
      return say('notice', `The token may not comment (${error.status}): ${why}. The report is in the summary of the run.`);
    }
    say('warning', `The comment could not be written; the report is in the summary of the run. ${error.message}`);
  }
}

await main(process.argv[2]);
