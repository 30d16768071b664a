import type { dockerfilePackagesEn } from './dockerfile-packages.en.ts';
import type { CheckSentences } from './types.ts';

function unpinned(command: string, form: string): CheckSentences {
  return {
    title: `${command} 패키지에 버전이 없음`,
    message: '버전이 지정되지 않았습니다: {packages}',
    why: '아무도 정하지 않았는데도 같은 파일에서 내일은 다른 것이 설치됩니다.',
    remedy: `\`${form}\`처럼 버전을 지정하십시오.`,
  };
}

function withoutYes(command: string): CheckSentences {
  return {
    title: `${command} 명령이 설치 전에 확인을 기다림`,
    message: `${command} 명령에 확인 없이 진행하라는 옵션이 없습니다.`,
    why: '빌드 중에는 대답할 사람이 없어 여기서 멈춥니다.',
    remedy: '`-y`를 붙이십시오.',
  };
}

function cacheLeft(what: string, command: string): CheckSentences {
  return {
    title: `${what} 캐시가 이미지에 남음`,
    message: `이 단계에서 ${what} 캐시를 비우지 않습니다.`,
    why: '뒤의 단계에서는 레이어에서 뺄 수 없어 이미지가 필요 이상으로 커집니다.',
    remedy: `같은 RUN에서 \`${command}\`을(를) 쓰거나 캐시 마운트를 쓰십시오.`,
  };
}

/** Package managers of distributions and of languages. */
export const dockerfilePackagesKo: Readonly<Record<keyof typeof dockerfilePackagesEn, CheckSentences>> = {
  'dockerfile/apt-unpinned': unpinned('apt-get', 'apt-get install 이름=버전'),
  'dockerfile/apt-without-yes': withoutYes('apt-get'),
  'dockerfile/apt-recommends': {
    title: '권장 패키지까지 설치함',
    message: 'apt-get이 권장 패키지도 함께 설치합니다.',
    why: '필요 없는 것에도 취약점이 있고 자리를 차지합니다.',
    remedy: '`--no-install-recommends`를 붙이고 필요한 것만 적은 뒤 이미지를 시험하십시오. 모르는 사이에 쓰던 것이 있을 수 있습니다.',
  },
  'dockerfile/apt-for-scripts': {
    title: '스크립트에서 apt를 사용함',
    message: 'apt는 터미널 앞의 사람을 위한 도구입니다.',
    why: '옵션과 출력이 버전마다 바뀔 수 있습니다.',
    remedy: 'apt-get이나 apt-cache를 쓰십시오.',
  },
  'dockerfile/apt-lists-left': {
    title: '패키지 목록이 이미지에 남음',
    message: '이 단계에서 /var/lib/apt/lists를 지우지 않습니다.',
    why: '20~50MB쯤 되는 목록을 뒤의 단계에서는 뺄 수 없고, 곧 낡은 정보가 됩니다.',
    remedy: 'RUN 끝에 `rm -rf /var/lib/apt/lists/*`를 두거나 캐시 마운트를 쓰십시오.',
  },
  'dockerfile/package-upgrade': {
    title: '모든 패키지를 올림',
    message: '{command}은(는) 그때그때 나온 새 버전으로 모두 올립니다.',
    why: '빌드가 날마다 달라지고, 옛 파일은 아래 레이어에 그대로 남습니다.',
    remedy: '새 베이스 이미지를 쓰고, 급한 수정이 있는 패키지만 따로 올리십시오.',
  },
  'dockerfile/package-update-alone': {
    title: '패키지 목록 갱신이 따로 떨어져 있음',
    message: '`{command}`이(가) 설치 없이 따로 RUN에 있습니다.',
    why: '이 레이어가 캐시에 남아, 뒤의 설치가 낡은 목록을 씁니다. 취약점이 알려진 옛 패키지가 깔리거나 파일이 없어 실패합니다.',
    remedy: '갱신과 설치를 `&&`로 이어 한 RUN에 두십시오.',
  },
  'dockerfile/apt-key': {
    title: 'apt-key로 키를 모든 저장소에 신뢰함',
    message: 'apt-key로 키를 추가합니다.',
    why: '그 키가 모든 저장소의 패키지를 보증하게 되며, 새 Debian과 Ubuntu에는 apt-key가 없습니다.',
    remedy: '키를 /etc/apt/keyrings에 두고 소스에 `signed-by=`로 지정하십시오.',
  },
  'dockerfile/packages-unauthenticated': {
    title: '서명을 확인하지 않은 패키지',
    message: '{option} 옵션은 올바른 서명이 없는 패키지도 받아들입니다.',
    why: '미러와 빌드 사이에 있는 누구든 자기 프로그램을 이미지에 넣을 수 있습니다.',
    remedy: '옵션을 빼고 저장소의 키를 추가하십시오.',
  },
  'dockerfile/version-of-other-release': {
    title: '다른 릴리스의 버전',
    message: '{package}={version}은(는) {release}용인데 이미지는 {image}입니다.',
    why: '이 이미지의 저장소에는 그런 버전이 없거나 곧 없어집니다. 빌드가 실패하거나 수정이 나오지 않는 버전에 머뭅니다.',
    remedy: '이 이미지에서 `apt-cache policy`가 보여 주는 버전을 적고 베이스 이미지와 함께 바꾸십시오.',
  },
  'dockerfile/release-ended': {
    title: '지원이 끝난 배포판',
    message: '{release} 지원이 {ended}에 끝났습니다.',
    why: '수정이 더 나오지 않아 발견되는 취약점이 모두 그대로 남습니다.',
    remedy: '더 새로운 릴리스를 베이스 이미지로 쓰십시오.',
  },
  'dockerfile/yum-without-yes': withoutYes('yum'),
  'dockerfile/yum-cache-left': cacheLeft('yum', 'yum clean all'),
  'dockerfile/yum-unpinned': unpinned('yum', 'yum install 이름-버전'),
  'dockerfile/dnf-without-yes': withoutYes('dnf'),
  'dockerfile/dnf-cache-left': cacheLeft('dnf', 'dnf clean all'),
  'dockerfile/dnf-unpinned': unpinned('dnf', 'dnf install 이름-버전'),
  'dockerfile/zypper-without-yes': withoutYes('zypper'),
  'dockerfile/zypper-cache-left': cacheLeft('zypper', 'zypper clean'),
  'dockerfile/zypper-dist-upgrade': {
    title: '배포판 전체를 올림',
    message: 'zypper dist-upgrade는 배포판 전체를 바꿉니다.',
    why: '이미지가 더는 베이스 이미지가 말하는 것이 아니며, 옛 파일은 아래에 남습니다.',
    remedy: '새 릴리스의 베이스 이미지를 쓰십시오.',
  },
  'dockerfile/zypper-unpinned': unpinned('zypper', 'zypper install 이름=버전'),
  'dockerfile/apk-unpinned': unpinned('apk', 'apk add 이름=버전'),
  'dockerfile/apk-cache-left': cacheLeft('apk', 'apk add --no-cache'),
  'dockerfile/pip-unpinned': unpinned('pip', 'pip install 이름==버전'),
  'dockerfile/pip-cache-left': cacheLeft('pip', 'pip install --no-cache-dir'),
  'dockerfile/npm-unpinned': unpinned('npm', 'npm install 이름@버전'),
  'dockerfile/gem-unpinned': unpinned('gem', 'gem install 이름:버전'),
  'dockerfile/go-unpinned': unpinned('go', 'go install 모듈@버전'),
  'dockerfile/yarn-cache-left': cacheLeft('yarn', 'yarn cache clean'),
  'dockerfile/npm-install-in-build': {
    title: '빌드에서 npm install을 사용함',
    message: 'npm install은 잠금 파일과 다른 것을 설치할 수 있습니다.',
    why: '시험한 것과 다른 것이 빌드됩니다.',
    remedy: 'package-lock.json을 복사하고 `npm ci`를 쓰십시오.',
  },
};
