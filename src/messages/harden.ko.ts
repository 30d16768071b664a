import type { hardenEn } from './harden.en.ts';

export const hardenKo: Readonly<Record<keyof typeof hardenEn, string>> = {
  'head': 'plimsoll harden이 찾은, {image}을(를) 실행할 수 있는 최소 권한입니다. 적용하기 전에 시험해 보십시오.',
  'head.manifest': 'plimsoll harden으로 강화함: 설정 {count}개 추가. 적용하기 전에 시험해 보십시오.',
  'user.numeric': '이미지는 사용자 {uid}, 그룹 {gid}(으)로 실행됩니다.',
  'user.named': '이미지는 `{user}`(으)로 실행되며, /etc/passwd에서 사용자 {uid}, 그룹 {gid}입니다.',
  'user.given': '요청한 대로 사용자 {uid}, 그룹 {gid}입니다. 이 사용자가 파일을 읽을 수 있어야 합니다.',
  'user.root': '이미지는 root로 실행되며 다른 사용자를 지정하지 않습니다. root 없이도 되는지는 밖에서 알 수 없습니다.',
  'user.root.candidates': '대신 실행할 수 있을 법한 이미지의 사용자: {users}. --user로 시험해 보십시오.',
  'user.unknown': '이미지가 지정한 사용자 `{user}`이(가) /etc/passwd나 /etc/group에 없습니다. --user로 번호를 지정하십시오.',
  'user.hardly': '그룹 0은 이미지가 root 그룹에 허용한 곳에 쓸 수 있습니다. 전용 그룹이 더 낫습니다.',
  'non-root': '나중에 이미지가 바뀌어도 root로는 시작하지 않습니다. 판단은 아래의 번호로 합니다.',
  'fs-group': '볼륨을 이 그룹이 쓸 수 있게 합니다.',
  'token': '프로그램에 클러스터 API 토큰을 주지 않습니다. API를 호출한다면 이 줄을 지우십시오.',
  'seccomp':
    '런타임의 기본 시스템 호출 필터입니다. 컨테이너에 필요 없는 호출(마운트, 커널 모듈, 새 사용자 네임스페이스, 오래된 커널의 타 프로세스 ptrace)을 막으며 동작이 깨지는 프로그램은 거의 없습니다.',
  'seccomp.docker': 'Docker는 따로 지정하지 않으면 기본 시스템 호출 필터를 적용합니다. seccomp=unconfined로 끄지만 않으면 됩니다.',
  'escalation': '어떤 프로그램도 자신을 시작한 프로그램보다 많은 권한을 얻지 못합니다.',
  'escalation.setuid':
    '이미지의 프로그램 {count}개가 setuid 또는 setgid입니다({programs}). 실행은 되지만 소유자의 권한은 얻지 못하므로, 애플리케이션이 이를 쓰면 실패합니다.',
  'escalation.capable': '이미지의 프로그램 {count}개에 자체 capability가 있으나({programs}) 적용되지 않습니다.',
  'drop': 'root로 시작하지 않은 프로그램에는 원래 capability가 없으며, 이제 얻을 수도 없습니다.',
  'drop.root':
    'capability가 없는 root는 다른 사용자의 파일을 건드리거나 소유자를 바꾸거나 다른 사용자가 될 수 없습니다. 필요한 것으로 드러나면 그것만 돌려주십시오.',
  'add.ports': '이미지가 {ports}번 포트를 공개하며, 이 capability가 없으면 root도 1024 미만 포트에서 대기할 수 없습니다.',
  'add.switch':
    '추정: 이미지에 {program}이(가) 있어, root로 시작해 폴더를 다른 사용자에게 주고 그 사용자로 바뀝니다. --user로 그 사용자를 지정하면 필요 없습니다.',
  'ports.sysctl':
    'root가 아닌 사용자도 {port}번부터 대기할 수 있게 합니다. Kubernetes는 추가한 capability를 root에게만 주므로 capability로는 되지 않습니다. 안전한 sysctl에 속합니다.',
  'ports.docker':
    '이미지가 {port}번 포트를 공개합니다. Docker 20.10부터는 모든 사용자가 1024 미만 포트에서 대기할 수 있습니다(컨테이너의 net.ipv4.ip_unprivileged_port_start=0).',
  'host-users': '컨테이너 안의 root는 밖에서는 아무 권한이 없습니다(사용자 네임스페이스, Kubernetes 1.33 이상, Linux 6.3 이상).',
  'read-only': '프로그램과 설정을 바꿀 수 없습니다. 써야 하는 것은 아래 마운트에 둡니다.',
  'mount.volume': '이미지가 볼륨으로 선언한 곳입니다. 컨테이너가 사라져도 남아야 하는 데이터라면 퍼시스턴트 볼륨이 필요합니다.',
  'mount.temporary': '임시 파일용입니다.',
  'mount.owned': '이미지에서 이 사용자가 쓸 수 있는 빈 폴더입니다.',
  'mount.program': '{program}이(가) 여기에 쓰는 것으로 알려져 있습니다.',
  'not-mounted':
    '이 사용자는 {folders}에도 쓸 수 있지만, 이미지의 파일이 있어 빈 마운트를 올리면 가려집니다. 프로그램이 거기에 쓴다면 이미지 내용으로 채운 볼륨을 마운트하십시오.',
  'kept': 'plimsoll: 매니페스트가 {what}을(를) 요구하므로 그대로 두었습니다.',
  'image-unread': 'plimsoll: 이미지 {image}을(를) 읽지 못해({code}) 사용자와 폴더를 알 수 없습니다.',
};
