import type { kubernetesClusterEn } from './kubernetes-cluster.en.ts';
import type { CheckSentences } from './types.ts';

export const kubernetesClusterKo: Readonly<Record<keyof typeof kubernetesClusterEn, CheckSentences>> = {
  'kubernetes/rbac-wildcard-everything': {
    title: '모든 것을 허용',
    message: '역할이 모든 리소스에 모든 동작을 허용합니다.',
    why: '이 역할을 가지면 네임스페이스나 클러스터 전체를 소유합니다.',
    remedy: '필요한 리소스와 동작만 적으십시오.',
  },
  'kubernetes/rbac-wildcard-resources': {
    title: '모든 리소스 허용',
    message: '역할이 모든 리소스에 {verbs}을(를) 허용합니다.',
    why: 'Secret과 나중에 추가될 종류까지 포함됩니다.',
    remedy: '필요한 리소스만 적으십시오.',
  },
  'kubernetes/rbac-wildcard-verbs': {
    title: '모든 동작 허용',
    message: '역할이 {what}에 모든 동작을 허용합니다.',
    why: '`escalate`, `bind`, `deletecollection` 같은 동작까지 포함됩니다.',
    remedy: '필요한 동작만 적으십시오.',
  },
  'kubernetes/rbac-read-secrets': {
    title: 'Secret 읽기 허용',
    message: '역할이 {what}에 {verbs}을(를) 허용합니다.',
    why: '`get`, `list`, `watch`는 다른 어카운트의 토큰까지 모든 Secret을 드러냅니다.',
    remedy: '`get`과 `resourceNames`로 하나만 지정하거나 파드에 마운트하십시오.',
  },
  'kubernetes/rbac-escalate': {
    title: '스스로 권한을 높일 수 있음',
    message: '역할이 `{what}` 동작을 허용합니다.',
    why: '`escalate`, `bind`, `impersonate`로 부여받지 않은 권한을 얻습니다.',
    remedy: '이 동작을 지우십시오.',
  },
  'kubernetes/rbac-manage-access': {
    title: '권한을 바꿀 수 있음',
    message: '역할이 {what}에 {verbs}을(를) 허용합니다.',
    why: '자신이 가진 모든 권한을, 때로는 그 이상을 나눠 줄 수 있습니다.',
    remedy: '역할과 바인딩은 관리자에게 맡기십시오.',
  },
  'kubernetes/rbac-exec': {
    title: '파드에 들어갈 수 있음',
    message: '역할이 {what}에 {verbs}을(를) 허용합니다.',
    why: '실행 중인 컨테이너에서 명령을 실행하고 그 안의 데이터를 읽습니다.',
    remedy: '지우거나 필요한 동안만 부여하십시오.',
  },
  'kubernetes/rbac-create-pods': {
    title: '파드를 시작할 수 있음',
    message: '역할이 {what}에 {verbs}을(를) 허용합니다.',
    why: '파드는 네임스페이스의 어떤 서비스 어카운트와 Secret이든 쓸 수 있습니다.',
    remedy: '배포 도구에만 부여하고 네임스페이스에 Pod Security Standards를 적용하십시오.',
  },
  'kubernetes/rbac-node-proxy': {
    title: 'kubelet에 접근 가능',
    message: '역할이 {what}에 {verbs}을(를) 허용합니다.',
    why: 'kubelet 인터페이스는 감사와 승인을 거치지 않고 노드의 모든 파드에서 명령을 실행합니다.',
    remedy: '지우십시오. 모니터링에는 `nodes/metrics`와 `nodes/stats`로 충분합니다.',
  },
  'kubernetes/rbac-approve-certificates': {
    title: '인증서 승인 가능',
    message: '역할이 {what}에 {verbs}을(를) 허용합니다.',
    why: '어떤 이름으로든 인증서를 만들 수 있습니다.',
    remedy: '승인은 클러스터 컨트롤러에 맡기십시오.',
  },
  'kubernetes/rbac-webhooks': {
    title: '승인 웹훅을 바꿀 수 있음',
    message: '역할이 {what}에 {verbs}을(를) 허용합니다.',
    why: '웹훅은 Secret을 포함해 생성되는 모든 오브젝트를 보고 바꿀 수 있습니다.',
    remedy: '웹훅은 관리자에게 맡기십시오.',
  },
  'kubernetes/rbac-create-tokens': {
    title: '토큰을 만들 수 있음',
    message: '역할이 {what}에 {verbs}을(를) 허용합니다.',
    why: '네임스페이스의 어떤 서비스 어카운트로든 행동할 수 있습니다.',
    remedy: '`resourceNames`로 하나만 지정하거나 지우십시오.',
  },
  'kubernetes/rbac-create-volumes': {
    title: '퍼시스턴트 볼륨을 만들 수 있음',
    message: '역할이 {what}에 {verbs}을(를) 허용합니다.',
    why: '`hostPath` 볼륨으로 노드의 파일을 열 수 있습니다.',
    remedy: '사용자는 클레임만 쓰게 하고 볼륨 생성은 프로비저너에 맡기십시오.',
  },
  'kubernetes/rbac-cluster-admin': {
    title: 'cluster-admin 바인딩',
    message: '`cluster-admin`이 {subjects}에게 부여됩니다.',
    why: '클러스터에서 무엇이든 할 수 있습니다.',
    remedy: '필요한 권한만 가진 역할을 바인딩하십시오.',
  },
  'kubernetes/rbac-anonymous': {
    title: '누구에게나 부여된 권한',
    message: '`{subject}`에 역할 `{role}`이 부여됩니다.',
    why: '로그인 없이 API에 닿는 누구나 이 역할을 가집니다.',
    remedy: '이 대상을 지우십시오.',
  },
  'kubernetes/rbac-authenticated': {
    title: '모든 계정에 부여된 권한',
    message: '`{subject}`에 역할 `{role}`이 부여됩니다.',
    why: '모든 사용자와 토큰을 가진 모든 파드가 이 역할을 가집니다.',
    remedy: '필요한 계정만 적으십시오.',
  },
  'kubernetes/rbac-masters': {
    title: 'system:masters 그룹',
    message: '바인딩에 `{subject}`가 있습니다.',
    why: '이 그룹은 모든 검사를 통과하며, 인증서에 든 권한은 거둘 수 없습니다.',
    remedy: '역할과 다른 그룹을 쓰십시오.',
  },
  'kubernetes/rbac-default-account': {
    title: '기본 서비스 어카운트의 권한',
    message: '역할 `{role}`이 서비스 어카운트 `{subject}`에 부여됩니다.',
    why: '어카운트를 지정하지 않은 네임스페이스의 모든 파드가 이 권한을 가집니다.',
    remedy: '워크로드용 서비스 어카운트를 만드십시오.',
  },
  'kubernetes/service-external-ips': {
    title: 'Service의 외부 IP',
    message: 'Service가 주소 {addresses}을(를) 사용합니다.',
    why: 'Service는 남의 주소라도 그 트래픽을 가로챌 수 있습니다(CVE-2020-8554).',
    remedy: '`externalIPs`를 지우고 로드 밸런서를 쓰십시오.',
  },
  'kubernetes/service-node-port': {
    title: '모든 노드의 포트',
    message: 'Service가 모든 노드에 포트를 엽니다.',
    why: '인그레스와 로드 밸런서의 방화벽을 거치지 않고 닿을 수 있습니다.',
    remedy: '`ClusterIP`를 Ingress나 Gateway 뒤에 두십시오.',
  },
  'kubernetes/service-load-balancer-open': {
    title: '누구에게나 열린 로드 밸런서',
    message: 'Service가 주소 제한 없이 로드 밸런서를 요청합니다.',
    why: '대부분의 클라우드에서 인터넷 전체에 공개됩니다.',
    remedy: '`loadBalancerSourceRanges`나 제공자의 내부용 애너테이션을 설정하십시오.',
  },
  'kubernetes/ingress-without-tls': {
    title: 'TLS 없는 Ingress',
    message: 'Ingress에 `tls`가 없습니다.',
    why: '앞단에서 암호화하지 않으면 요청, 세션, 비밀번호가 평문으로 오갑니다.',
    remedy: '호스트와 인증서 Secret으로 `tls`를 추가하십시오.',
  },
  'kubernetes/namespace-not-enforced': {
    title: '표준을 강제하지 않는 네임스페이스',
    message: '네임스페이스 `{namespace}`가 무언가를 거부하는 Pod Security Standards 수준을 강제하지 않습니다.',
    why: '누가 작성하든 특권 파드가 시작됩니다.',
    remedy:
      '다른 승인 컨트롤러가 같은 일을 하지 않는다면 `pod-security.kubernetes.io/enforce` 레이블을 `restricted`나 `baseline`으로 설정하십시오.',
  },
  'kubernetes/namespace-default': {
    title: 'default 네임스페이스',
    message: '오브젝트가 `default` 네임스페이스에 들어갑니다.',
    why: '그곳의 권한과 정책은 위치를 정하지 않은 모든 것에 적용됩니다.',
    remedy: '전용 네임스페이스를 쓰십시오.',
  },
  'kubernetes/namespace-kube-system': {
    title: 'kube-system 네임스페이스',
    message: '워크로드가 `kube-system` 네임스페이스에 들어갑니다.',
    why: '클러스터 구성 요소와 그 어카운트, Secret이 같은 곳에 있습니다.',
    remedy: '전용 네임스페이스를 쓰십시오.',
  },
  'kubernetes/api-removed': {
    title: '사라진 API 버전',
    message: '`{api}`는 Kubernetes {version}부터 제공되지 않습니다. 대신: {instead}.',
    why: '클러스터가 매니페스트를 거부합니다.',
    remedy: '제공되는 버전으로 옮기십시오.',
  },
  'kubernetes/network-policy-missing': {
    title: '네트워크 정책 없음',
    message: '이 파일의 어떤 NetworkPolicy도 파드를 선택하지 않습니다.',
    why: '클러스터의 모든 파드가 닿을 수 있고, 파드도 모든 주소에 닿습니다.',
    remedy: '기본 거부 정책과 필요한 것만 허용하는 정책을 추가하십시오.',
  },
};
