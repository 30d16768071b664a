/** Values that documentation, tutorials and templates put where a password goes: whoever runs with them has more to mend than a leak. */
const TUTORIAL =
  /^(?:pass(?:word|wd|phrase)?\d{0,4}!?|pwd|secret|user(?:name)?|root|admin(?:istrator)?|postgres|mysql|mongo(?:db)?|redis|rabbitmq|guest|test(?:ing|er)?\d{0,3}|docker|example|pw|p|s3cr3t|none|null|x+|\*+|\.{3,}|-+|redacted|hunter2|qwerty|letmein|psw|tiger|sample|token|xyzzy|foo|bar|baz|qux|abc|xyz|foobar|asdf\w{0,4}|blah|something|whatever|123456\d{0,4}|your.{0,24}|my.?(?:pass(?:word)?|secret).{0,8}|(?:db|user|mongo|root|some|the|a|new|old|admin|mysql|postgres|default|correct|wrong|bad|good|strong|secure|super)[_-]?(?:pass(?:word)?|secret|pw)\w{0,4}|[<[{(%$].*|.*[\]}>)]|\$.*)$/i;

/** True for a text that may be a real password: none that everybody knows, nor a variable. */
export function uncommonPassword(secret: string): boolean {
  return !TUTORIAL.test(secret);
}
