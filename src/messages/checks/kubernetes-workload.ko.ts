import type { kubernetesWorkloadEn } from './kubernetes-workload.en.ts';
import type { CheckSentences } from './types.ts';

export const kubernetesWorkloadKo: Readonly<Record<keyof typeof kubernetesWorkloadEn, CheckSentences>> = {
  'kubernetes/memory-limit-missing': {
    title: '메모리 제한 없음',
    message: '컨테이너에 메모리 제한이 없습니다.',
    why: '누수나 공격이 노드의 메모리를 모두 차지해 다른 파드가 종료됩니다.',
    remedy: '`resources.limits.memory`를 설정하십시오.',
  },
  'kubernetes/memory-request-missing': {
    title: '메모리 요청 없음',
    message: '컨테이너에 메모리 요청이 없습니다.',
    why: '스케줄러가 여유 없는 노드에 배치할 수 있고, 메모리가 모자라면 먼저 종료됩니다.',
    remedy: '`resources.requests.memory`를 설정하십시오.',
  },
  'kubernetes/cpu-limit-missing': {
    title: 'CPU 제한 없음',
    message: '컨테이너에 CPU 제한이 없습니다.',
    why: '채굴 프로그램처럼 바쁜 컨테이너가 이웃 컨테이너의 시간을 빼앗습니다.',
    remedy: '`resources.limits.cpu`를 설정하거나, 요청만으로 관리한다면 이 규칙을 무시하십시오.',
  },
  'kubernetes/cpu-request-missing': {
    title: 'CPU 요청 없음',
    message: '컨테이너에 CPU 요청이 없습니다.',
    why: '부하가 걸리면 CPU를 거의 받지 못하고, 스케줄러도 필요한 양을 모릅니다.',
    remedy: '`resources.requests.cpu`를 설정하십시오.',
  },
  'kubernetes/liveness-probe-missing': {
    title: 'liveness 프로브 없음',
    message: '컨테이너에 liveness 프로브가 없습니다.',
    why: '멈춰 버린 프로그램이 다시 시작되지 않습니다.',
    remedy: '프로그램에 직접 묻는 `livenessProbe`를 추가하거나, 실패 시 스스로 종료한다면 무시하십시오.',
  },
  'kubernetes/readiness-probe-missing': {
    title: 'readiness 프로브 없음',
    message: '컨테이너에 readiness 프로브가 없습니다.',
    why: '응답할 준비가 되기 전에 요청이 들어옵니다.',
    remedy: '`readinessProbe`를 추가하십시오.',
  },
  'kubernetes/writable-root-filesystem': {
    title: '쓰기 가능한 루트 파일 시스템',
    message: '`readOnlyRootFilesystem`이 true가 아닙니다.',
    why: '침입자가 프로그램을 바꾸고 도구를 남길 수 있습니다.',
    remedy: '`readOnlyRootFilesystem: true`로 하고 쓰는 곳에 `emptyDir`을 마운트하십시오. 위치는 `plimsoll harden`이 알려 줍니다.',
  },
  'kubernetes/run-as-low-user': {
    title: '노드 사용자와 겹치는 번호',
    message: '`runAsUser`가 {user}입니다.',
    why: '10000 미만의 번호는 노드의 사용자와 겹칠 수 있어, 컨테이너를 벗어나면 그 파일에 닿습니다.',
    remedy: '10000 이상의 번호를 쓰고 이미지의 파일을 그 사용자에게 주십시오.',
  },
  'kubernetes/root-group': {
    title: 'root 그룹 사용',
    message: '`{field}`에 그룹 0이 있습니다.',
    why: 'root 그룹이 쓸 수 있는 이미지와 볼륨의 파일에 쓸 수 있게 됩니다.',
    remedy: '0이 아닌 그룹을 쓰십시오.',
  },
  'kubernetes/service-account-token': {
    title: '서비스 어카운트 토큰 마운트',
    message: '파드에 서비스 어카운트 토큰이 들어갑니다.',
    why: '프로그램을 장악하면 그 이름으로 API를 호출할 수 있지만, 대부분의 프로그램에는 필요 없습니다.',
    remedy: '`automountServiceAccountToken: false`로 설정하십시오.',
  },
  'kubernetes/default-service-account': {
    title: '기본 서비스 어카운트',
    message: '파드가 서비스 어카운트 `default`를 씁니다.',
    why: '여기에 준 권한은 네임스페이스에서 어카운트를 지정하지 않은 모든 파드에 적용됩니다.',
    remedy: '이 워크로드용 서비스 어카운트를 만들어 `serviceAccountName`에 적으십시오.',
  },
  'kubernetes/shared-processes': {
    title: '파드 내 프로세스 공유',
    message: '`shareProcessNamespace`가 true입니다.',
    why: '각 컨테이너가 다른 컨테이너의 프로세스, 환경 변수, 파일을 봅니다.',
    remedy: '다른 컨테이너를 봐야 하는 사이드카가 없다면 지우십시오.',
  },
  'kubernetes/ssh-port': {
    title: 'SSH 포트',
    message: '컨테이너가 22번 포트를 엽니다.',
    why: '컨테이너의 로그인 서비스는 별도의 키와 사용자를 가진 또 하나의 침입 경로입니다.',
    remedy: '지우고 `kubectl exec`나 `kubectl debug`를 쓰십시오.',
  },
  'kubernetes/apparmor-missing': {
    title: 'AppArmor 프로파일 미지정',
    message: '파드와 컨테이너 어디에도 AppArmor 프로파일이 없습니다.',
    why: 'AppArmor가 있는 노드에서는 런타임 프로파일이 적용되지만, 명시하면 AppArmor가 없는 노드가 파드를 거부합니다.',
    remedy: '`appArmorProfile.type: RuntimeDefault`로 설정하십시오.',
  },
  'kubernetes/image-tag-latest': {
    title: 'latest 이미지',
    message: '이미지 `{image}`에 태그가 없거나 `latest`입니다.',
    why: '매니페스트를 바꾸지 않아도 실행되는 내용이 달라지고 되돌릴 수 없습니다.',
    remedy: '버전을, 되도록 다이제스트와 함께 적으십시오.',
  },
  'kubernetes/image-not-pinned': {
    title: '다이제스트로 고정되지 않은 이미지',
    message: '이미지 `{image}`가 태그로만 지정되어 있습니다.',
    why: '태그는 다른 이미지로 옮겨질 수 있습니다.',
    remedy: '다이제스트를 붙이십시오: `name:tag@sha256:...`.',
  },
  'kubernetes/image-pull-policy': {
    title: '바뀌는 태그를 다시 받지 않음',
    message: '이미지 `{image}`의 내용은 바뀌지만 시작할 때마다 받지 않습니다.',
    why: '노드마다 같은 이름의 다른 이미지가 실행되고 오래된 결함이 남습니다.',
    remedy: '`imagePullPolicy: Always`로 하거나 버전과 다이제스트를 적으십시오.',
  },
  'kubernetes/image-digest-doubled': {
    title: '`sha256:` 중복',
    message: '`{image}`의 다이제스트에 `sha256:`이 두 번 있습니다.',
    why: '어떤 런타임도 받을 수 없습니다.',
    remedy: '`sha256:`을 한 번만 적으십시오.',
  },
  'kubernetes/image-digest-malformed': {
    title: '올바르지 않은 다이제스트',
    message: '`{image}`의 `@` 뒤가 다이제스트가 아닙니다.',
    why: '어떤 런타임도 받을 수 없습니다.',
    remedy: '`sha256:`과 소문자 16진수 64자리를 적으십시오.',
  },
  'kubernetes/secret-in-env': {
    title: '환경 변수의 비밀 값',
    message: '변수 `{name}`에 비밀 값이 평문으로 있습니다.',
    why: '매니페스트, 오브젝트, 변경 이력을 읽는 누구나 알게 됩니다.',
    remedy: '비밀 저장소나 Secret에 넣어 파일로 마운트하고, 이미 노출된 값은 바꾸십시오.',
  },
  'kubernetes/env-from-secret': {
    title: '환경 변수로 전달된 Secret',
    message: '`{name}`이 Secret에서 환경 변수로 전달됩니다.',
    why: '환경 변수는 로그, 덤프, 자식 프로세스에 드러납니다.',
    remedy: 'Secret을 파일로 마운트하십시오.',
  },
  'kubernetes/secret-in-config-map': {
    title: 'ConfigMap의 비밀 값',
    message: '이 ConfigMap의 `{name}`이 비밀 값으로 보입니다.',
    why: 'ConfigMap은 Secret보다 많은 사람이 읽을 수 있고 암호화되지 않습니다.',
    remedy: 'Secret이나 비밀 저장소로 옮기고 값을 바꾸십시오.',
  },
  'kubernetes/secret-in-manifest': {
    title: '매니페스트에 든 비밀 값',
    message: '이 매니페스트에 `{name}`의 값이 들어 있습니다.',
    why: 'Base64는 아무것도 숨기지 못하므로 파일을 읽는 누구나 알게 됩니다.',
    remedy: '비밀 저장소에 두거나 매니페스트를 암호화하고, 공유된 적이 있으면 값을 바꾸십시오.',
  },
};
