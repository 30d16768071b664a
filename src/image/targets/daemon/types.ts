/** The tools whose images are read from where they keep them. */
export type DaemonKind = 'docker' | 'podman' | 'containerd';

/** Where addresses are looked up. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** A place where a daemon answers. `url` has no path and no slash behind it. */
export type Address = { readonly kind: 'unix'; readonly path: string } | { readonly kind: 'tcp'; readonly url: string };
