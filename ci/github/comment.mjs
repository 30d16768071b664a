#!/usr/bin/env node
// Writes the report as one comment of a pull request, and keeps it: the comment of an earlier run is found by its mark, the first line,
// and changed in place. That it may not (a pull request from a fork has a token that only reads) or cannot is said as an annotation
// and fails nothing: the gate decides, not a comment.
//
//   comment.mjs FILE      with GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_EVENT_PATH as GitHub gives them
//
// Source: GitHub's REST API, "Issue comments"; "Workflow commands".
import { readFileSync } from 'node:fs';

const { GITHUB_TOKEN, GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY = '', GITHUB_EVENT_PATH = '' } = process.env;
const PER_PAGE = 100;
/** Nobody reads further; a pull request with more gets a new comment. */
const MOST_PAGES = 30;

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

async function earlier(comments, mark) {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const found = await api('GET', `${comments}?per_page=${PER_PAGE}&page=${page}`);
    const ours = found.find((each) => typeof each.body === 'string' && each.body.startsWith(mark) && isOurs(each));
    if (ours) return ours;
    if (found.length < PER_PAGE) return undefined;
  }
  return undefined;
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

function pullRequest() {
  const event = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'));
  return event.pull_request?.number ?? (event.issue?.pull_request ? event.issue.number : undefined);
}

async function main(file) {
  const number = pullRequest();
  if (number === undefined) return say('notice', 'This run belongs to no pull request; there is nothing to comment on.');
  if (!GITHUB_TOKEN) return say('notice', 'There is no token to comment with; the report is in the summary of the run.');
  const body = readFileSync(file, 'utf8');
  const mark = body.slice(0, body.indexOf('-->') + 3);
  if (!mark.startsWith('<!-- plimsoll:')) throw new Error(`${file} does not begin with the mark of a Plimsoll report`);

  const comments = `/repos/${GITHUB_REPOSITORY}/issues/${number}/comments`;
  try {
    const ours = await earlier(comments, mark);
    if (ours?.body === body) return console.log(`The comment says this already: ${ours.html_url}`);
    const written = ours
      ? await api('PATCH', `/repos/${GITHUB_REPOSITORY}/issues/comments/${ours.id}`, { body })
      : await api('POST', comments, { body });
    console.log(`${ours ? 'Changed' : 'Written'}: ${written.html_url}`);
  } catch (error) {
    if ([401, 403, 404].includes(error.status)) {
      const why = 'a pull request from a fork has a token that only reads, others need the permission pull-requests: write';
      return say('notice', `The token may not comment (${error.status}): ${why}. The report is in the summary of the run.`);
    }
    say('warning', `The comment could not be written; the report is in the summary of the run. ${error.message}`);
  }
}

await main(process.argv[2]);
