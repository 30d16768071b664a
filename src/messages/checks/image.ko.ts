import type { imageChecksEn } from './image.en.ts';
import type { CheckSentences } from './types.ts';

export const imageChecksKo: Readonly<Record<keyof typeof imageChecksEn, CheckSentences>> = {
  'image/root-user': {
    title: '이미지가 root로 실행됨',
    message: '이미지가 {user} 사용자로 실행됩니다.',
    why: '애플리케이션이 뚫리면 컨테이너의 root가 되고, 커널이나 런타임의 결함 하나로 호스트까지 닿습니다.',
    remedy: '전용 계정을 만들고 Dockerfile 끝에 그 번호로 `USER`를 지정하십시오.',
  },
  'image/management-port': {
    title: '관리용 포트가 열려 있음',
    message: '{port} 포트({service})가 노출되어 있습니다.',
    why: '컨테이너에는 런타임으로 들어갑니다. 원격 로그인 서버는 자체 비밀번호를 가진 또 하나의 공격 대상입니다.',
    remedy: '서버와 EXPOSE를 빼고 docker exec나 kubectl exec를 쓰십시오.',
  },
  'image/no-healthcheck': {
    title: '상태 확인 없음',
    message: '이미지에 HEALTHCHECK가 없습니다.',
    why: 'Docker와 Compose는 멈춘 컨테이너를 그대로 둡니다. (Kubernetes는 자체 probe를 쓰므로 이 값을 보지 않습니다.)',
    remedy: '애플리케이션에 물어보는 명령으로 HEALTHCHECK를 추가하십시오.',
  },
  'image/latest-tag': {
    title: 'latest 태그',
    message: '{name} 이미지에 latest 태그가 붙어 있습니다.',
    why: '어떤 이미지가 실행 중인지 알 수 없고, 내일은 같은 이름이 다른 이미지를 가리킵니다.',
    remedy: '버전 태그를 쓰고 다이제스트로 배포하십시오.',
  },
  'image/secret-in-environment': {
    title: '환경 변수의 비밀 값',
    message: '이미지에 {name} 변수의 값이 들어 있습니다.',
    why: '이미지를 받거나 들여다볼 수 있는 사람은 모두 알게 되고, 모든 사본에 남습니다.',
    remedy: '실행할 때 넘기거나 빌드 중에는 RUN --mount=type=secret을 쓰고, 비밀 값은 교체하십시오.',
  },
  'image/system-volume': {
    title: '시스템 폴더가 볼륨임',
    message: '{path} 폴더가 볼륨으로 선언되어 있습니다.',
    why: '시스템 파일이 이미지 밖에 남아 갱신되지 않고 실행끼리 공유됩니다.',
    remedy: '애플리케이션 데이터 폴더만 볼륨으로 선언하십시오.',
  },
  'image/add-instruction': {
    title: 'COPY 대신 쓴 ADD',
    message: '이 레이어는 다음 명령으로 만들어졌습니다: {instruction}',
    why: 'ADD는 압축을 풀고 주소에서 내려받으므로 이미지에 들어가는 것이 빌드 컨텍스트만으로 정해지지 않습니다.',
    remedy: 'COPY를 쓰고, 내려받을 때는 ADD --checksum을 쓰십시오.',
  },
  'image/old': {
    title: '오래된 이미지',
    message: '이미지는 {days}일 전({date})에 만들어졌습니다.',
    why: '그 뒤의 수정이, 스캐너가 모르는 것까지 포함해 빠져 있습니다.',
    remedy: '최신 베이스 이미지로 다시 빌드하십시오.',
  },
  'image/setuid': {
    title: '다른 사용자의 권한으로 실행되는 프로그램',
    message: '{path} 파일이 {bit}입니다(모드 {mode}).',
    why: '이 프로그램의 결함 하나로 컨테이너의 어떤 사용자든 파일 소유자의 권한을 얻습니다.',
    remedy: '비트를 빼거나(chmod a-s) no-new-privileges로 실행하십시오.',
  },
  'image/world-writable': {
    title: '누구나 쓸 수 있음',
    message: '{path}에 누구나 쓸 수 있습니다(모드 {mode}).',
    why: '장악된 프로세스가 다른 프로세스가 실행하거나 읽는 것을 바꿀 수 있습니다.',
    remedy: 'chmod o-w를 쓰고, 공유 폴더에는 sticky 비트를 두십시오.',
  },
  'image/empty-password': {
    title: '비밀번호 없는 계정',
    message: '{name} 계정의 비밀번호가 비어 있습니다.',
    why: 'su를 포함해 어떤 로그인 방법으로든 열립니다.',
    remedy: 'passwd -l이나 두 번째 필드의 *로 잠그십시오.',
  },
  'image/duplicate-id': {
    title: '번호가 같은 두 계정',
    message: '{name}의 번호 {id}이(가) {other}과(와) 같습니다.',
    why: '커널은 번호만 알기 때문에 두 계정이 서로의 파일을 소유합니다.',
    remedy: '각각 다른 번호를 쓰십시오.',
  },
  'image/second-root': {
    title: 'root인 다른 계정',
    message: '{name}의 번호가 0입니다.',
    why: '이름만 다른 root이며 비밀번호도 따로 있습니다.',
    remedy: '다른 번호를 주거나 지우십시오.',
  },
  'image/remote-login-server': {
    title: '원격 로그인 서버',
    message: '이미지에 {path} 파일이 있습니다.',
    why: '컨테이너에는 런타임으로 들어갑니다. 서버는 자체 키, 비밀번호, 결함을 가져옵니다.',
    remedy: '이미지에서 빼십시오.',
  },
  'image/cache-left': {
    title: '남겨진 캐시',
    message: '{kind}: 파일 {files}개, {megabytes} MB.',
    why: '이미지만 커지고 함께 낡아 갑니다.',
    remedy: '만든 RUN에서 바로 지우거나 RUN --mount=type=cache를 쓰십시오.',
  },
  'image/unneeded-file': {
    title: '필요 없는 파일',
    message: '이미지에 {path} 파일이 있습니다.',
    why: '저장소, 기록, 빌드 파일은 만드는 방법과 때로는 비밀 값까지 드러냅니다.',
    remedy: '.dockerignore에 적거나 필요한 것만 복사하십시오.',
  },
};
