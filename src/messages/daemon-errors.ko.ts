import type { daemonErrorsEn } from './daemon-errors.en.ts';
import type { ErrorText } from './error-text.ts';

/** 로컬 데몬(Docker, Podman, containerd)의 오류. */
export const daemonErrorsKo: Record<keyof typeof daemonErrorsEn, ErrorText> = {
  'daemon-missing': {
    what: '{address}에서 응답하는 {daemon}이(가) 없습니다.',
    next: '데몬을 시작하거나 {variable}에 소켓 위치를 지정하십시오. docker save IMAGE | plimsoll scan - 으로 데몬 소켓 없이 이미지를 읽을 수도 있습니다.',
  },
  'daemon-denied': {
    what: '이 사용자는 {daemon} 소켓({address})을 쓸 권한이 없습니다.',
    next: '권한이 있는 사용자(Docker는 docker 그룹의 사용자, 그 밖에는 root)로 실행하거나, docker save 또는 podman save로 만든 파일을 지정하십시오.',
  },
  'daemon-image-unknown': {
    what: '{address}의 {daemon}에 {image} 이미지가 없습니다.',
    next: '이미지 목록(docker images, podman images)에서 이름을 확인하거나, registry:NAME 형식으로 레지스트리에서 스캔하십시오.',
  },
  'daemon-refused': {
    what: '{address}의 {daemon}이(가) 상태 {status}(으)로 거절했습니다: {detail}.',
    next: '자세한 내용은 데몬 로그에 있습니다. docker save IMAGE 또는 podman save IMAGE로 이미지를 내보낼 수 있는지 확인하십시오.',
  },
  'daemon-protocol': {
    what: '{address}에서 응답하는 프로그램이 {daemon} 프로토콜을 따르지 않습니다: {detail}.',
    next: '주소와 데몬 로그를 확인한 뒤 다시 시도하십시오.',
  },
  'daemon-address': {
    what: '주소 {address}({source})을(를) 쓸 수 없습니다: {reason}.',
    next: '소켓은 unix:///path/to/socket, Docker나 Podman 호스트는 tcp://host:port 형식으로 지정하십시오.',
  },
  'daemon-ssh': {
    what: '주소 {address}({source})에는 ssh가 필요하지만 plimsoll은 ssh를 실행하지 않습니다.',
    next: '소켓을 포워딩하고(ssh -L /tmp/docker.sock:/var/run/docker.sock HOST) unix:///tmp/docker.sock으로 지정하거나, ssh HOST docker save IMAGE | plimsoll scan - 을 실행하십시오.',
  },
  'daemon-context': {
    what: 'Docker 컨텍스트 {name}을(를) 쓸 수 없습니다: {path}: {reason}.',
    next: 'docker context ls로 확인하고, docker context use나 DOCKER_CONTEXT로 다른 컨텍스트를 고르거나 DOCKER_HOST를 지정하십시오.',
  },
  'containerd-image-unknown': {
    what: '{address}의 containerd 네임스페이스 {namespace}에 {image} 이미지가 없습니다.',
    next: 'ctr -n {namespace} images list로 목록을 확인하십시오. 다른 네임스페이스는 CONTAINERD_NAMESPACE로 지정합니다(Kubernetes는 k8s.io).',
  },
  'containerd-other-namespace': {
    what: '{image} 이미지는 containerd의 네임스페이스 {namespace}이(가) 아니라 {other}에 있습니다.',
    next: 'CONTAINERD_NAMESPACE={other}(으)로 지정하십시오.',
  },
  'containerd-blob-missing': {
    what: 'containerd의 네임스페이스 {namespace}에 {digest}이(가) 남아 있지 않습니다.',
    next: 'discard_unpacked_layers가 켜져 있으면 압축된 레이어가 지워지고, 다른 플랫폼의 레이어는 애초에 받지 않습니다. 레지스트리에서 이미지를 스캔하십시오.',
  },
};
