import type { dockerfileSafetyEn } from './dockerfile-safety.en.ts';
import type { CheckSentences } from './types.ts';

/** Users, secrets, rights, ports. */
export const dockerfileSafetyKo: Readonly<Record<keyof typeof dockerfileSafetyEn, CheckSentences>> = {
  'dockerfile/undefined-variable': {
    title: '정해지지 않은 변수',
    message: '여기서는 {name} 변수가 정해져 있지 않습니다.',
    why: '빈 값으로 바뀌어 경로나 값이 뜻과 달라집니다.',
    remedy: '이 단계에서 ARG나 ENV로 선언하거나 이름을 고치십시오. 첫 FROM 앞의 ARG는 단계 안에서 다시 선언해야 합니다.',
  },
  'dockerfile/secret-in-variable': {
    title: 'ENV나 ARG에 비밀이 있음',
    message: '{instruction} {name}은(는) 비밀을 담는 이름입니다.',
    why: '변수는 이미지에, 빌드 인수는 그 기록에 남아 이미지를 받는 누구나 볼 수 있습니다.',
    remedy: '단계에는 `RUN --mount=type=secret`으로, 컨테이너에는 시작할 때 넘기십시오. 이미 공개되었다면 새로 발급하십시오.',
  },
  'dockerfile/secret-value': {
    title: 'Dockerfile에 비밀이 있음',
    message: '이 줄에 {service}의 비밀이 있습니다.',
    why: '저장소와 이미지 기록에 남아, 어느 쪽이든 읽을 수 있는 사람은 누구나 볼 수 있습니다.',
    remedy: '즉시 새로 발급하고 새것은 `RUN --mount=type=secret`으로 넘기십시오.',
  },
  'dockerfile/login-in-variable': {
    title: 'ENV나 ARG에 로그인 이름이 있음',
    message: '{instruction} {name}은(는) 누가 로그인하는지를 드러냅니다.',
    why: '들어가는 데 필요한 것의 절반이며 모든 컨테이너에서 같습니다.',
    remedy: '컨테이너를 시작할 때 주십시오.',
  },
  'dockerfile/secret-argument-kept': {
    title: '비밀 인수가 변수로 남음',
    message: '빌드 인수 {argument}이(가) 이미지의 변수 {name}이(가) 됩니다.',
    why: '빌드에만 쓸 것이 모든 컨테이너에 남아 누구나 읽을 수 있습니다.',
    remedy: '필요한 곳에서 `RUN --mount=type=secret`을 쓰고 ENV에는 넣지 마십시오.',
  },
  'dockerfile/setuid-bit': {
    title: '소유자 권한으로 실행되는 프로그램',
    message: '{mode} 모드는 setuid나 setgid를 켭니다.',
    why: '실행하는 사람이 그동안 소유자(대개 root)가 되므로 공격자가 가장 먼저 찾는 것입니다.',
    remedy: '비트를 빼십시오. 특정 권한이 필요하면 `setcap`으로 그것만 주거나 알맞은 사용자로 시작하십시오.',
  },
  'dockerfile/world-writable': {
    title: '누구나 쓸 수 있는 파일',
    message: '{mode} 모드는 누구나 쓸 수 있게 합니다.',
    why: '뚫린 프로그램을 비롯해 컨테이너 안의 어떤 프로그램이든 파일을 바꿔치기할 수 있습니다.',
    remedy: '소유자에게 필요한 만큼만 주십시오: `--chown`과 함께 `chmod 755`, 파일은 644.',
  },
  'dockerfile/code-writable-by-user': {
    title: '실행하는 사용자가 코드를 소유함',
    message: '컨테이너를 실행하는 {user} 사용자가 파일의 소유자입니다.',
    why: '프로그램의 취약점 하나로 프로그램 자체를 바꿀 수 있습니다.',
    remedy: 'root 소유에 모두 읽기만 가능하게 두고, 쓰는 폴더만 사용자에게 주십시오.',
  },
  'dockerfile/secret-file-copied': {
    title: '비밀이 든 파일을 복사함',
    message: '{path}은(는) 키나 비밀번호를 담는 파일 이름입니다.',
    why: '뒤에서 지우더라도 레이어에 남아 이미지를 받는 누구나 꺼낼 수 있습니다.',
    remedy: '`RUN --mount=type=secret`(또는 `type=ssh`)을 쓰고 .dockerignore에 적으십시오. 이미 공개되었다면 새로 발급하십시오.',
  },
  'dockerfile/secret-mount-copied': {
    title: '마운트한 비밀을 레이어에 씀',
    message: '{program}이(가) 비밀을 마운트 밖으로 복사합니다.',
    why: '마운트로 이미지 밖에 둔 것을 복사가 다시 넣습니다.',
    remedy: '`target=`이나 `env=`로 마운트한 자리에서 쓰십시오.',
  },
  'dockerfile/remote-login-server': {
    title: '원격 로그인 서버',
    message: '{package}은(는) 사람이 로그인하게 합니다.',
    why: '컨테이너에는 런타임으로 들어갑니다. 자체 키와 비밀번호를 가진 공격 대상이 하나 늘 뿐입니다.',
    remedy: '빼고 docker exec나 kubectl exec를 쓰십시오.',
  },
  'dockerfile/password-set': {
    title: '이미지에 비밀번호가 있음',
    message: '{program}이(가) 빌드 중에 비밀번호를 정합니다.',
    why: '모든 컨테이너에서 같은 비밀번호이며 이미지 기록에 남습니다.',
    remedy: '계정을 잠근 채로 두십시오. 컨테이너에는 로그인할 일이 없습니다.',
  },
  'dockerfile/passwordless-sudo': {
    title: '비밀번호 없는 sudo',
    message: 'sudo 규칙이 비밀번호를 묻지 않습니다(NOPASSWD).',
    why: '이름만 다를 뿐 root와 같습니다.',
    remedy: 'sudo를 빼고, root가 필요한 일은 빌드에서 root로 하십시오.',
  },
  'dockerfile/build-tools-shipped': {
    title: '배포할 이미지에 빌드 도구가 있음',
    message: '마지막 단계에서 설치합니다: {packages}',
    why: '컴파일러, 디버거, 네트워크 도구는 실행에 필요 없고 취약점이 있으며 침입자를 돕습니다.',
    remedy: '다른 단계에서 빌드해 결과만 복사하거나 같은 RUN에서 지우십시오.',
  },
  'dockerfile/package-manager-shipped': {
    title: '배포판 전체를 배포함',
    message: '마지막 단계가 패키지 관리자와 셸이 든 {image}에서 시작합니다.',
    why: '검사 결과의 대부분이 프로그램이 쓰지 않는 것에 관한 것입니다.',
    remedy: '마지막 단계는 slim이나 distroless 이미지로 하고 프로그램을 복사해 넣으십시오.',
  },
  'dockerfile/docker-socket-volume': {
    title: '민감한 위치의 볼륨',
    message: '{path}이(가) 볼륨으로 선언되어 있습니다.',
    why: '호스트를 좌우할 수 있는 것을 그 자리에 마운트하도록 이끕니다.',
    remedy: 'VOLUME에서 빼십시오.',
  },
  'dockerfile/run-with-host-rights': {
    title: '호스트 권한으로 실행하는 단계',
    message: '{option}은(는) 단계를 격리 밖으로 꺼냅니다.',
    why: '빌드에 끼어든 프로그램이 빌드하는 기계나 그 네트워크에 닿습니다.',
    remedy: '빼거나 전용 기계에서 빌드하십시오.',
  },
  'dockerfile/last-user-root': {
    title: '마지막 사용자가 root임',
    message: '단계가 USER {user}(으)로 끝납니다.',
    why: '애플리케이션이 뚫리면 컨테이너의 root가 되고, 커널이나 런타임의 결함 하나로 호스트까지 닿습니다.',
    remedy: '끝에 전용 계정의 번호로 `USER`를 두십시오.',
  },
  'dockerfile/no-user': {
    title: '사용자가 지정되지 않음',
    message: '실행할 사용자가 없어 {image} 이미지가 정합니다. 대개 root입니다.',
    why: '애플리케이션이 뚫리면 컨테이너의 root가 되고, 커널이나 런타임의 결함 하나로 호스트까지 닿습니다.',
    remedy: '계정을 만들고 끝에 그 번호로 `USER`를 두십시오.',
  },
  'dockerfile/user-not-numeric': {
    title: '사용자를 이름으로 지정함',
    message: 'USER {user}은(는) 이름입니다.',
    why: 'Kubernetes는 이름만으로 root가 아님을 알 수 없어 runAsNonRoot에서 거부합니다.',
    remedy: '번호로 적으십시오: `USER 10001:10001`.',
  },
  'dockerfile/management-port': {
    title: '관리용 포트가 열려 있음',
    message: '{port} 포트({service})가 노출되어 있습니다.',
    why: '컨테이너에는 런타임으로 들어갑니다. 이런 서비스는 공격 대상을 하나 늘릴 뿐입니다.',
    remedy: '서비스와 EXPOSE를 빼십시오.',
  },
  'dockerfile/no-healthcheck': {
    title: '상태 확인 없음',
    message: 'HEALTHCHECK가 없습니다.',
    why: 'Docker와 Compose는 멈춘 컨테이너를 그대로 둡니다. (Kubernetes는 자체 probe를 쓰므로 이 값을 보지 않습니다.)',
    remedy: '프로그램에 직접 묻는 HEALTHCHECK를 추가하십시오.',
  },
  'dockerfile/healthcheck-none': {
    title: '상태 확인이 꺼져 있음',
    message: 'HEALTHCHECK NONE은 베이스 이미지의 상태 확인을 없앱니다.',
    why: '멈춘 컨테이너를 알아차릴 수 없습니다.',
    remedy: '맞는 확인을 넣거나 없는 까닭을 적으십시오.',
  },
};
