/** Ends of names that other programs read: `dockerfile.test.ts`, `Dockerfile.md`, templates of Dockerfiles. */
const OTHER =
  'dockerignore|[cm]?[jt]sx?|md|rst|txt|adoc|html?|css|json|ya?ml|toml|xml|py|go|rs|rb|java|kt|c|h|cc|cpp|cs|php|sh|lock|snap|template|tmpl|tpl|j2|jinja2?|erb|mustache|gotmpl|in|orig|rej|bak|swp|diff|patch';

/** Names (last path components) of Dockerfiles: `Dockerfile`, `Dockerfile.dev`, `Containerfile-prod`, `web.Dockerfile`. */
export const DOCKERFILE_NAME = new RegExp(
  `^(?:[Dd]ockerfile|[Cc]ontainerfile)(?:[._-](?!(?:.*\\.)?(?:${OTHER})$)[^/]*)?$|[^/]\\.(?:[Dd]ocker|[Cc]ontainer)file$`,
);
