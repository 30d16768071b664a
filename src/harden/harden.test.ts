import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kubernetes } from '../checks/kubernetes/index.ts';
import { fill, type Language } from '../messages/fill.ts';
import { hardenWords } from '../messages/harden.ts';
import { resolveUser } from './accounts.ts';
import { composeForm, runForm } from './docker.ts';
import { kubernetesForm } from './kubernetes.ts';
import { hardenManifest, imagesOf } from './manifest.ts';
import { planOf } from './plan.ts';
import type { Say } from './render.ts';
import type { FolderFact, ImageFacts } from './types.ts';

const PASSWD =
  'root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\nshop:x:1001:1002:Shop:/home/shop:/bin/sh\nbroken line\n';
const GROUP = 'root:x:0:\nstaff:x:50:shop\n';

type Change = Partial<Omit<ImageFacts, 'config'>> & { readonly config?: Partial<ImageFacts['config']['config']> };

function facts({ config, ...change }: Change = {}): ImageFacts {
  return {
    name: 'shop:1.0',
    reference: 'shop:1.0',
    passwd: PASSWD,
    group: GROUP,
    folders: [],
    setuid: [],
    capable: [],
    userSwitchers: [],
    ...change,
    config: {
      os: 'linux',
      architecture: 'amd64',
      diffIds: [],
      history: [],
      config: { env: [], labels: {}, exposedPorts: [], volumes: [], user: 'shop', ...config },
    },
  };
}

const folder = (path: string, change: Partial<FolderFact> = {}): FolderFact => ({
  path,
  uid: 1001,
  gid: 1002,
  mode: 0o755,
  empty: true,
  ...change,
});
const sayIn =
  (language: Language): Say =>
  ({ code, params }) =>
    fill(hardenWords(language)[code], params ?? {});
const say = sayIn('en');
const broken = (text: string) =>
  kubernetes
    .check({ path: 'a.yaml', text }, {})
    .filter(({ benchmarks }) => benchmarks.some((name) => name.startsWith('PSS')))
    .map(({ id }) => id);

describe('resolveUser', () => {
  it('reads what runtimes read: numbers, names, groups, nothing for root', () => {
    const resolve = (user?: string) => resolveUser(user, PASSWD, GROUP);
    expect(resolve('shop')).toEqual({ how: 'named', uid: 1001, gid: 1002, name: 'shop' });
    expect(resolve('shop:staff')).toEqual({ how: 'named', uid: 1001, gid: 50, name: 'shop' });
    expect(resolve('1001')).toEqual({ how: 'numeric', uid: 1001, gid: 1002 });
    expect(resolve('4000')).toEqual({ how: 'numeric', uid: 4000, gid: 0 });
    expect(resolve('4000:5000')).toEqual({ how: 'numeric', uid: 4000, gid: 5000 });
    for (const root of [undefined, '', 'root', '0', '0:0', 'root:root'])
      expect(resolve(root), root).toEqual({ how: 'root', uid: 0, gid: 0 });
    expect(resolve('nobody')).toEqual({ how: 'unknown', name: 'nobody' });
    expect(resolve('shop:nobody')).toEqual({ how: 'unknown', name: 'shop:nobody' });
    expect(resolveUser('99999999999', PASSWD, GROUP)).toEqual({ how: 'unknown', name: '99999999999' });
  });
});

describe('the Kubernetes form', () => {
  const form = (change?: Change, user?: string) => kubernetesForm(planOf(facts(change), user === undefined ? {} : { user }), say);

  it('keeps the restricted level of the Pod Security Standards for any image with a user of its own', () => {
    const folders = [folder('/var/cache/shop'), folder('/opt/shop', { empty: false }), folder('/tmp', { uid: 0, mode: 0o1777 })];
    const images: Change[] = [
      {},
      { config: { user: '1001:1001' } },
      { folders, setuid: ['/bin/su'], capable: ['/bin/ping'], userSwitchers: ['/bin/gosu'] },
      { config: { exposedPorts: ['80/tcp', '443'], volumes: ['/data', '/data: odd', '/data/'], entrypoint: ['nginx'] } },
    ];
    for (const image of images) expect(broken(form(image))).toEqual([]);
    expect(broken(form({ config: { user: '' } }, '10001'))).toEqual([]);
  });

  it('names user, group, mounts and ports as the image has them', () => {
    const pod = parse(
      form({
        folders: [folder('/var/cache/shop'), folder('/var/cache/shop/below')],
        config: { exposedPorts: ['80/tcp', '8080'], volumes: ['/data'] },
      }),
    );
    expect(pod.spec.securityContext).toMatchObject({
      runAsUser: 1001,
      runAsGroup: 1002,
      fsGroup: 1002,
      sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }],
    });
    const [container] = pod.spec.containers;
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual(['/data', '/tmp', '/var/cache/shop']);
    expect(pod.spec.volumes).toEqual(['data', 'tmp', 'var-cache-shop'].map((name) => ({ name, emptyDir: {} })));
  });

  it('hides no file of the image by a mount, and says where that matters', () => {
    const text = form({ folders: [folder('/app', { empty: false }), folder('/app/cache'), folder('/var/lib/shop', { empty: false })] });
    expect(parse(text).spec.containers[0].volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual([
      '/tmp',
      '/app/cache',
    ]);
    expect(text).toContain('may also write to /app, /var/lib/shop,');
  });

  it('leaves folders of package managers and of others alone', () => {
    const folders = [
      folder('/var/cache/apt/archives/partial', { uid: 42 }),
      folder('/srv/other', { uid: 33, gid: 33 }),
      folder('/run/lock', { uid: 0, mode: 0o1777 }),
    ];
    expect(parse(form({ folders })).spec.volumes.map(({ name }: { name: string }) => name)).toEqual(['tmp']);
  });

  it('says what a root image needs: a user namespace, and capabilities only where there is evidence', () => {
    const plain = parse(form({ config: { user: '' } }));
    expect(plain.spec).toMatchObject({ hostUsers: false });
    expect(plain.spec.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
    expect(plain.spec.containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
    const text = form({ config: { user: '', exposedPorts: ['22'] }, userSwitchers: ['/usr/local/bin/gosu'] });
    expect(parse(text).spec.containers[0].securityContext.capabilities.add).toEqual([
      'CHOWN',
      'DAC_OVERRIDE',
      'FOWNER',
      'SETGID',
      'SETUID',
      'NET_BIND_SERVICE',
    ]);
    expect(text).toContain('An estimate: the image has /usr/local/bin/gosu');
    expect(text).toContain('able to run as: shop (1001).');
    expect(broken(form({ config: { user: '' } }))).toEqual([]);
  });

  it('warns that setuid programs and file capabilities lose what they have', () => {
    const text = form({ setuid: ['/bin/su', '/bin/mount'], capable: ['/bin/ping'] });
    expect(text).toContain('Setuid and setgid programs of the image: 2 (/bin/su, /bin/mount)');
    expect(text).toContain('with capabilities of their own: 1 (/bin/ping)');
  });

  it('guesses no number for a user that the image does not know', () => {
    const pod = parse(form({ config: { user: 'ghost' } }));
    expect(pod.spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });

  it('lets no text of the image out of its place', () => {
    const evil = 'x\n  hostNetwork: true\n#';
    const text = form({ name: evil, reference: evil, setuid: [`/bin/${evil}`], config: { volumes: [`/${evil}`], user: evil } });
    expect(parse(text).spec.hostNetwork).toBeUndefined();
    expect(parse(text).spec.containers[0].image).toBe(evil);
    expect(
      parse(composeForm(planOf(facts({ name: evil, reference: evil, config: { volumes: [`/${evil}`] } })), say)).services.app.image,
    ).toBe(evil);
  });
});

describe('the Compose form', () => {
  it('is a service with user, read-only root, no capabilities, tmpfs and volumes', () => {
    const text = composeForm(planOf(facts({ folders: [folder('/run/shop')], config: { volumes: ['/data'], exposedPorts: ['80'] } })), say);
    expect(parse(text)).toEqual({
      services: {
        app: {
          image: 'shop:1.0',
          user: '1001:1002',
          read_only: true,
          cap_drop: ['ALL'],
          security_opt: ['no-new-privileges:true'],
          tmpfs: ['/tmp', '/run/shop:uid=1001,gid=1002,mode=0700'],
          volumes: ['data:/data'],
        },
      },
      volumes: { data: {} },
    });
    expect(text).toContain('# Docker applies its own filter');
  });
});

describe('the docker run form', () => {
  it('is a line for a shell, reasons before it', () => {
    const text = runForm(planOf(facts({ config: { volumes: ['/my data'] } })), say);
    const command = text
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');
    expect(command).toBe(
      "docker run \\\n  --user 1001:1002 \\\n  --read-only \\\n  --cap-drop ALL \\\n  --security-opt no-new-privileges \\\n  --mount 'type=volume,src=my-data,dst=/my data' \\\n  --tmpfs /tmp \\\n  shop:1.0\n",
    );
    expect(text.indexOf('docker run \\')).toBeGreaterThan(text.lastIndexOf('#'));
  });
});

describe('a manifest', () => {
  const DEPLOYMENT = `# shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop # stays
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop:1.0
          volumeMounts:
            - {name: t, mountPath: /tmp/}
        - {name: side, image: "side:1"}
      volumes:
        - name: t
          emptyDir: {}
`;

  it('keeps the restricted level afterwards, and what it said before', () => {
    const { text, pods, added } = hardenManifest(
      DEPLOYMENT,
      new Map([['shop:1.0', planOf(facts({ folders: [folder('/var/cache/shop')] }))]]),
      say,
    )!;
    expect(broken(text)).toEqual([]);
    expect(pods).toBe(1);
    expect(added).toBeGreaterThan(8);
    const { spec } = parse(text).spec.template;
    expect(spec.containers[0]).toMatchObject({
      image: 'shop:1.0',
      securityContext: { runAsUser: 1001, runAsGroup: 1002, readOnlyRootFilesystem: true },
      volumeMounts: [
        { name: 't', mountPath: '/tmp/' },
        { name: 'web-var-cache-shop', mountPath: '/var/cache/shop' },
      ],
    });
    expect(spec.containers[1].volumeMounts).toEqual([{ name: 'side-tmp', mountPath: '/tmp' }]);
    expect(spec.volumes.map(({ name }: { name: string }) => name)).toEqual(['t', 'web-var-cache-shop', 'side-tmp']);
    expect(text).toContain('# shop\n');
    expect(text).toContain('name: shop # stays');
  });

  it('is the same when hardened twice', () => {
    const once = hardenManifest(DEPLOYMENT, new Map(), say)!.text;
    expect(hardenManifest(once, new Map(), say)).toEqual({ text: once, pods: 1, added: 0 });
  });

  it('contradicts nothing: what asks for more is remarked on', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  securityContext: {runAsUser: 0}\n  containers:\n    - name: a\n      image: a\n      securityContext: {privileged: true, readOnlyRootFilesystem: false}\n';
    const hardened = hardenManifest(text, new Map(), say)!.text;
    const { spec } = parse(hardened);
    expect(spec.securityContext.runAsUser).toBe(0);
    expect(spec.securityContext.runAsNonRoot).toBeUndefined();
    expect(spec.containers[0].securityContext).toEqual({ privileged: true, readOnlyRootFilesystem: false });
    expect(hardened).toContain('asks for privileged: true; that was left as it is.');
  });

  it('is looked into in all its documents and lists, other objects and Windows pods stay', () => {
    const list =
      '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","image":"x:1"}]}}]}';
    const text = `${DEPLOYMENT}---\n${list}\n---\napiVersion: v1\nkind: Service\nspec: {ports: [{port: 80}]}\n---\napiVersion: v1\nkind: Pod\nspec: {os: {name: windows}, containers: [{name: w, image: "win:1"}]}\n`;
    expect(imagesOf(text)).toEqual(['shop:1.0', 'side:1', 'x:1', 'win:1']);
    const hardened = hardenManifest(text, new Map(), say)!;
    expect(hardened.pods).toBe(2);
    expect(broken(hardened.text)).toEqual(['kubernetes/run-as-non-root']); // of the Windows pod
    expect(hardened.text).toContain('spec: {ports: [{port: 80}]}');
  });

  it('that is no YAML is refused', () => {
    expect(hardenManifest('a: [', new Map(), say)).toBeUndefined();
    expect(imagesOf('a: [')).toEqual([]);
    for (const text of ['', '5', 'kind: Pod', 'kind: Pod\nspec: 1', 'kind: Pod\nspec: {containers: [1, {image: {}}]}'])
      expect(() => hardenManifest(text, new Map(), say)).not.toThrow();
  });
});

describe('reasons', () => {
  it('are there in both languages, with the same params', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    const [en, ko] = [hardenWords('en'), hardenWords('ko')];
    for (const code of Object.keys(en) as (keyof typeof en)[]) expect(names(ko[code]), code).toEqual(names(en[code]));
    expect(kubernetesForm(planOf(facts()), sayIn('ko'))).toMatch(/# .*사용자 1001, 그룹 1002/);
  });
});
