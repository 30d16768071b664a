import type { RuleCase } from './checker-contract.ts';

export const DIGEST = `sha256:${'0f'.repeat(32)}`;
const IMAGE = `registry.example:5000/app:1@${DIGEST}`;
export const SECRET = ['s3', 'cr', 'et'].join('');

/** By rule: keys of a Compose service that break it and that do not; options of a command line. `IMAGE x` stands for another image. */
export const CONTAINER_CASES: Readonly<
  Record<string, readonly (readonly [composeBad: string, composeGood: string, runBad: string, runGood: string])[]>
> = {
  'privileged': [['privileged: true', 'privileged: false', '--privileged', '--privileged=false']],
  'dangerous-capability': [
    ['cap_add: [SYS_ADMIN]', 'cap_add: [NET_BIND_SERVICE]', '--cap-add SYS_ADMIN', '--cap-add NET_BIND_SERVICE'],
    ['cap_add:\n      - cap_net_admin', 'cap_drop: [SYS_ADMIN]', '--cap-add=all', '--cap-drop=all'],
  ],
  'unknown-capability': [
    ['cap_drop: [ALLL]', 'cap_drop: [all]', '--cap-drop ALLL', '--cap-drop=all'],
    ['cap_add: [NET_BIND]', 'cap_add: [CAP_NET_BIND_SERVICE]', '--cap-add NET_BIND', '--cap-add cap_net_bind_service'],
  ],
  'capabilities-kept': [['cap_drop: [NET_RAW]', 'cap_drop: [ALL]', '--cap-drop NET_RAW', '--cap-drop all']],
  'privilege-escalation': [
    ['init: true', 'security_opt: [no-new-privileges:true]', '--init', '--security-opt no-new-privileges'],
    [
      'security_opt: [no-new-privileges=false]',
      'security_opt: ["no-new-privileges=true"]',
      '--security-opt=no-new-privileges:false',
      '--security-opt=no-new-privileges:true',
    ],
  ],
  'seccomp-disabled': [
    [
      'security_opt: [seccomp=unconfined]',
      'security_opt: [seccomp=p.json]',
      '--security-opt seccomp=unconfined',
      '--security-opt seccomp=builtin',
    ],
  ],
  'apparmor-disabled': [
    [
      'security_opt: ["apparmor:unconfined"]',
      'security_opt: [apparmor=docker-default]',
      '--security-opt apparmor=unconfined',
      '--security-opt apparmor=mine',
    ],
  ],
  'selinux-disabled': [
    [
      'security_opt: [label=disable]',
      'security_opt: ["label=type:container_t"]',
      '--security-opt label=disable',
      '--security-opt label=level:s0:c1',
    ],
    [
      'security_opt: ["label=type:spc_t"]',
      'security_opt: ["label:user:u"]',
      '--security-opt label=type:container_runtime_t',
      '--security-opt label=type:svirt_apache_t',
    ],
  ],
  'unmasked-paths': [
    [
      'security_opt: [systempaths=unconfined]',
      'security_opt: [no-new-privileges]',
      '--security-opt systempaths=unconfined',
      '--security-opt no-new-privileges',
    ],
  ],
  'security-option-colon': [
    [
      'security_opt: ["apparmor:docker-default"]',
      'security_opt: [apparmor=docker-default]',
      '--security-opt seccomp:p.json',
      '--security-opt seccomp=p.json',
    ],
  ],
  'unknown-security-option': [
    [
      'security_opt: ["no-new-privilege:true"]',
      'security_opt: ["no-new-privileges:true"]',
      '--security-opt aparmor=x',
      '--security-opt apparmor=x',
    ],
  ],
  'root-user': [
    ['user: root', 'user: "1000:0"', '--user root', '--user 1000:0'],
    ['user: "0:0"', 'user: rooter', '-u 0', '-u=0815'],
  ],
  'no-user': [['init: true', 'user: app', '--init', '-u app']],
  'writable-root': [['read_only: false', 'read_only: true', '--read-only=false', '--read-only']],
  'host-network': [['network_mode: host', 'network_mode: none', '--net=host', '--network none']],
  'host-pid': [['pid: host', 'pid: "service:db"', '--pid host', '--pid container:a']],
  'host-ipc': [['ipc: host', 'ipc: private', '--ipc=host', '--ipc=private']],
  'host-uts': [['uts: host', 'hostname: a', '--uts host', '--hostname host']],
  'host-userns': [['userns_mode: host', 'userns_mode: ""', '--userns host', '--userns=""']],
  'host-cgroup': [['cgroup: host', 'cgroup: private', '--cgroupns host', '--cgroupns private']],
  'engine-socket': [
    [
      'volumes: ["/var/run/docker.sock:/s:ro"]',
      'volumes: ["/srv/app.sock:/s"]',
      '-v /var/run/docker.sock:/var/run/docker.sock',
      '-v docker.sock:/s',
    ],
    [
      'volumes: [{type: bind, source: /run/podman, target: /x}]',
      'volumes: [{type: volume, source: run, target: /run}]',
      '--mount type=bind,src=/run/containerd/containerd.sock,dst=/x',
      '--mount type=tmpfs,dst=/run',
    ],
    ['use_api_socket: true', 'use_api_socket: false', '--use-api-socket', '--use-api-socket=false'],
  ],
  'sensitive-mount': [
    ['volumes: ["/:/host:ro"]', 'volumes: [".:/app"]', '-v /:/host', '-v $PWD:/app'],
    ['volumes: ["/etc//../proc/:/p"]', 'volumes: ["/etc/localtime:/etc/localtime:ro"]', '-v/etc:/e', '-v /etc/nginx:/etc/nginx:ro'],
    [
      'volumes: [{type: bind, source: /var/lib/docker, target: /d}]',
      'volumes: ["/srv/etc:/etc"]',
      '--mount type=bind,source=/root/.ssh,target=/k,readonly',
      '--mount type=volume,source=etc,target=/etc',
    ],
  ],
  'shared-propagation': [
    ['volumes: ["/srv:/srv:rw,rshared"]', 'volumes: ["/srv:/srv:rslave"]', '-v /srv:/srv:shared', '-v /srv:/srv:private'],
    [
      'volumes: [{type: bind, source: /srv, target: /s, bind: {propagation: shared}}]',
      'volumes: [shared:/s]',
      '--mount type=bind,src=/srv,dst=/s,bind-propagation=rshared',
      '--mount type=bind,src=/srv,dst=/s',
    ],
  ],
  'executable-tmpfs': [['tmpfs: "/tmp:exec,size=1m"', 'tmpfs: [/tmp]', '--tmpfs /tmp:rw,exec', '--tmpfs /tmp:noexec']],
  'host-device': [['devices: ["/dev/sda:/dev/xvdc"]', 'device_cgroup_rules: []', '--device=/dev/snd', '--device vendor.com/class=dev']],
  'management-port': [
    ['ports: ["22:22"]', 'ports: ["127.0.0.1:22:22"]', '-p 2222:22', '-p 127.0.0.1:2222:22'],
    [
      'ports: [{target: 5432, published: 15432}]',
      'ports: [{target: 5432, published: 15432, host_ip: 127.0.0.1}]',
      '-p 20-25:20-25',
      '-p 8080:80',
    ],
  ],
  'published-everywhere': [
    ['ports: ["8080:80"]', 'ports: ["[::1]:8080:80"]', '-p 0.0.0.0:8080:80', '-p [::1]:8080:80'],
    ['ports: [3000]', 'ports: ["443:8443"]', '-p 3000', '-p 80:80'],
  ],
  'privileged-port': [['ports: ["127.0.0.1:53:53/udp"]', 'ports: ["5353:53/udp"]', '-p 25:25', '-p 443:443']],
  'publish-all': [['', '', '-P', '--publish-all=false']],
  'secret-in-environment': [
    [
      `environment: {DB_PASSWORD: ${SECRET}}`,
      'environment: {DB_PASSWORD: "${DB_PASSWORD}", DB_PASSWORD_FILE: /run/secrets/db}',
      `-e DB_PASSWORD=${SECRET}`,
      '-e DB_PASSWORD -e DB_PASSWORD_FILE=/run/s',
    ],
    [
      `environment: ["apiToken=${SECRET}"]`,
      'environment: [AUTH_METHOD=trust, TOKEN_URL=https://a/]',
      `--env=API_KEY='${SECRET}'`,
      '--env API_KEY=$API_KEY',
    ],
    [
      `environment: {DATABASE_URL: "postgres://app:${SECRET}@db/app"}`,
      'environment: {DATABASE_URL: "postgres://app:${PASSWORD}@db/app"}',
      `-e URL=redis://:${SECRET}@r/0`,
      '-e URL=redis://r/0',
    ],
    [
      `environment: {PASSWORD: "\${PASSWORD:-${SECRET}}"}`,
      'environment: {PASSWORD: "${PASSWORD:?missing}"}',
      `-e PASSWORD=${SECRET}`,
      '--env-file .env',
    ],
  ],
  'image-without-tag': [['IMAGE registry:5000/app', 'IMAGE registry:5000/app:1', 'IMAGE app', `IMAGE app@${DIGEST}`]],
  'image-latest': [['IMAGE app:latest', `IMAGE app:latest@${DIGEST}`, 'IMAGE app:latest', 'IMAGE latest/app:2']],
  'image-without-digest': [['IMAGE app:1', 'IMAGE ${APP_IMAGE}', 'IMAGE app:1', 'IMAGE $IMAGE']],
  'image-invalid-digest': [
    [`IMAGE app:1@sha256:${DIGEST}`, `IMAGE app:1@${DIGEST}`, `IMAGE app@sha256:${DIGEST}`, `IMAGE app@${DIGEST}`],
    ['IMAGE app@sha256:123', 'IMAGE app@${DIGEST}', `IMAGE app@${DIGEST.toUpperCase()}`, 'IMAGE app:1'],
  ],
  'no-memory-limit': [
    ['mem_reservation: 1g', 'mem_limit: 1g', '--memory-reservation 1g', '-m1g'],
    ['mem_limit: 0', 'deploy: {resources: {limits: {memory: 1G}}}', '--memory=0', '--memory=512m'],
  ],
  'no-cpu-limit': [
    ['cpus: 0', 'cpus: 0.5', '--cpus 0', '--cpus .5'],
    ['init: true', 'deploy: {resources: {limits: {cpus: "1"}}}', '--init', '--cpu-shares 10'],
  ],
  'no-pids-limit': [['pids_limit: -1', 'pids_limit: 100', '--pids-limit=-1', '--pids-limit=100']],
  'oom-kill-disabled': [['oom_kill_disable: true', 'oom_kill_disable: false', '--oom-kill-disable', '--oom-score-adj 5']],
  'no-health-check': [['init: true', 'healthcheck: {test: [CMD, true]}', '-d', '-it']],
  'health-check-disabled': [
    ['healthcheck: {disable: true}', 'healthcheck: {interval: 5s}', '--no-healthcheck', '--health-cmd true'],
    ['healthcheck: {test: [NONE]}', 'healthcheck: {test: none}', '--health-cmd=none', '--health-cmd=some'],
  ],
  'endless-restart': [['restart: always', 'restart: "on-failure:5"', '--restart unless-stopped', '--restart on-failure:5']],
  'default-bridge': [['network_mode: bridge', 'networks: [default]', '--network bridge', '--network shop']],
  'legacy-link': [['links: [db]', 'depends_on: [db]', '--link db:db', '--network-alias db']],
  'invalid-value': [
    ['mem_limit: 512 Mega', 'mem_limit: 512Mi', '--memory lots', '--memory 512mb'],
    ['cpus: 500m', 'cpus: "0.50"', '--cpus 500m', '--cpus 1.5'],
    ['ports: ["70000:80"]', 'ports: ["${PORT:-8080}:80"]', '-p 80:http', '-p 8000-8010:8000-8010/tcp'],
    ['restart: sometimes', 'restart: unless-stopped', '--restart sometimes', '--restart on-failure'],
  ],
};

export const composeText = (lines: string) => {
  const image = /^IMAGE (.*)$/.exec(lines)?.[1];
  return `services:\n  web:\n    image: "${image ?? IMAGE}"\n${image === undefined && lines ? `    ${lines}\n` : ''}`;
};
export const runText = (options: string) => {
  const image = /^IMAGE (.*)$/.exec(options)?.[1];
  return `docker run ${image === undefined ? `${options} ${IMAGE}` : image}`;
};

/** The first case of each rule, for the contract suite of the surface's checker. */
export function casesOf(surface: 'compose' | 'run'): RuleCase[] {
  const [at, text] = surface === 'compose' ? [0, composeText] : [2, runText];
  return Object.entries(CONTAINER_CASES).flatMap(([key, [first]]) => {
    const [bad = '', good = ''] = [first?.[at], first?.[at + 1]];
    return bad === '' ? [] : [{ rule: `${surface}/${key}`, bad: text(bad), good: text(good) }];
  });
}
