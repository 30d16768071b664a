import { describe, expect, it } from 'vitest';
import { formatReference, parseReference } from './reference.ts';

const D = `sha256:${'ab'.repeat(32)}`;

/** Facts of distribution's reference grammar and of Docker's short names (reference_test.go, normalize_test.go of github.com/distribution/reference). */
describe('references', () => {
  it.each([
    ['alpine', 'docker.io/library/alpine:latest'],
    ['test_com', 'docker.io/library/test_com:latest'],
    ['test.com:tag', 'docker.io/library/test.com:tag'],
    ['test.com:5000', 'docker.io/library/test.com:5000'],
    ['test.com/repo:tag', 'test.com/repo:tag'],
    ['test:5000/repo', 'test:5000/repo:latest'],
    ['test:5000/repo:tag', 'test:5000/repo:tag'],
    [`test:5000/repo@${D}`, `test:5000/repo@${D}`],
    [`test:5000/repo:tag@${D}`, `test:5000/repo:tag@${D}`],
    ['lowercase:Uppercase', 'docker.io/library/lowercase:Uppercase'],
    ['sub-dom1.foo.com/bar/baz/quux:some-long-tag', 'sub-dom1.foo.com/bar/baz/quux:some-long-tag'],
    ['b.gcr.io/test.example.com/my-app:test.example.com', 'b.gcr.io/test.example.com/my-app:test.example.com'],
    ['xn--n3h.com/myimage:xn--n3h.com', 'xn--n3h.com/myimage:xn--n3h.com'],
    ['foo_bar.com:8080', 'docker.io/library/foo_bar.com:8080'],
    ['foo/foo_bar.com:8080', 'docker.io/foo/foo_bar.com:8080'],
    ['192.168.1.1/repo', '192.168.1.1/repo:latest'],
    ['192.168.1.1:8080/repo:tag', '192.168.1.1:8080/repo:tag'],
    ['[2001:db8::1]/repo', '[2001:db8::1]/repo:latest'],
    ['[2001:db8::1]:5000/repo:tag', '[2001:db8::1]:5000/repo:tag'],
    ['localhost/repo', 'localhost/repo:latest'],
    ['localhost:5000/repo', 'localhost:5000/repo:latest'],
    ['Foo/bar', 'Foo/bar:latest'],
    ['docker/docker', 'docker.io/docker/docker:latest'],
    ['docker.io/alpine', 'docker.io/library/alpine:latest'],
    ['index.docker.io/alpine', 'docker.io/library/alpine:latest'],
    ['index.docker.io/library/alpine:3', 'docker.io/library/alpine:3'],
    ['docker---docker/a__b.c', 'docker.io/docker---docker/a__b.c:latest'],
    ['a/a/a/a/a/a/a:1', 'docker.io/a/a/a/a/a/a/a:1'],
    ['a'.repeat(247), `docker.io/library/${'a'.repeat(247)}:latest`],
    ['ab'.repeat(31), `docker.io/library/${'ab'.repeat(31)}:latest`],
    [`x:${'t'.repeat(128)}`, `docker.io/library/x:${'t'.repeat(128)}`],
  ])('%s is %s', (text, whole) => {
    const reference = parseReference(text);
    expect(formatReference(reference)).toBe(whole);
    expect(parseReference(formatReference(reference))).toEqual(reference);
  });

  it.each([
    '',
    ':justtag',
    `@${D}`,
    'repo@sha256:ffffffffffffffffffffffffffffff',
    `repo@${D.toUpperCase()}`,
    'repo@sha256:../../../../etc/passwd',
    `validname@invaliddigest:${'f'.repeat(128)}`,
    'Uppercase:tag',
    'test:5000/Uppercase/lowercase:tag',
    'aa/asdf$$^/aa',
    `a/${'a'.repeat(256)}`,
    `x:${'t'.repeat(129)}`,
    'x:.tag',
    'x:',
    '-foo/bar',
    'foo/bar-',
    'foo/bar_',
    'foo/___bar',
    'foo/a..b',
    'foo/a._b',
    'foo//bar',
    '/foo',
    'foo/',
    'foo_bar.com/repo',
    'foo.com:http/repo',
    '[fe80::1%eth0]:5000/repo',
    '[2001:db8::1/repo',
    'cd'.repeat(32),
    'https://alpine',
    'a b',
    'repo/../../x',
    'alpine\n',
    '한글',
  ])('%j is none', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'reference-invalid', exitCode: 2 }));
  });

  it('an empty one is named so that it can be seen', () => {
    expect(() => parseReference('')).toThrow(expect.objectContaining({ params: expect.objectContaining({ reference: "''" }) }));
  });
});
