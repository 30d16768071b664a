/** Content digest as `algorithm:hex`. Source: OCI image specification, descriptor.md, "Digests". */
export type Digest = `sha256:${string}` | `sha384:${string}` | `sha512:${string}`;
