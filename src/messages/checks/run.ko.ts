import { containerChecksKo } from './container.ko.ts';
import { ofSurface } from './container.ts';
import type { runChecksEn } from './run.en.ts';
import type { CheckSentences } from './types.ts';

export const runChecksKo: Readonly<Record<keyof typeof runChecksEn, CheckSentences>> = {
  'run/syntax': {
    title: '닫히지 않은 따옴표',
    message: '여기서 연 따옴표가 닫히지 않았습니다.',
    why: '셸이 입력을 더 기다리거나 뒤따르는 내용을 같은 단어로 받아들입니다.',
    remedy: '따옴표를 닫으십시오.',
  },
  'run/no-command': {
    title: '컨테이너를 시작하는 명령 없음',
    message: 'docker run, docker create, podman run이 없습니다.',
    why: '이 글에서 살펴본 것이 없습니다.',
    remedy: 'docker run으로 시작하는 명령 전체를 주십시오.',
  },
  'run/unknown-flag': {
    title: '존재하지 않는 옵션',
    message: '{engine} run에 {flag} 옵션은 없습니다. {like}을(를) 뜻한 것으로 보입니다.',
    why: '엔진이 명령을 거부합니다. 옵션으로 보호하려던 것이 시작조차 되지 않습니다.',
    remedy: '{like}(으)로 쓰십시오.',
  },
  'run/flag-without-value': {
    title: '값이 없는 옵션',
    message: '{flag} 옵션에는 값이 필요한데 여기서 줄이 끝납니다.',
    why: '엔진이 명령을 거부합니다.',
    remedy: '값을 주고 그 뒤에 이미지를 적으십시오.',
  },
  'run/no-image': {
    title: '이미지 없음',
    message: '이미지가 지정되지 않았습니다.',
    why: '엔진이 명령을 거부합니다. 어떤 옵션이 이미지 이름을 값으로 가져갔을 수 있습니다.',
    remedy: '모든 옵션 뒤에 이미지를 적으십시오.',
  },
  'run/flag-after-image': {
    title: '이미지 뒤의 옵션',
    message: '{flag} 옵션이 {image} 이미지 뒤에 있어 엔진이 아니라 컨테이너에 전달됩니다.',
    why: '옵션으로 하려던 일이나 보호가 이루어지지 않고, 아무도 알려 주지 않습니다.',
    remedy: '모든 옵션을 이미지 앞에 쓰십시오.',
  },
  'run/conflicting-flags': {
    title: '함께 쓸 수 없는 옵션',
    message: '{first} 옵션과 {second} 옵션은 함께 쓸 수 없습니다.',
    why: '엔진이 명령을 거부하거나 둘 중 하나를 무시합니다.',
    remedy: '둘 중 하나를 빼십시오.',
  },
  'run/obsolete-flag': {
    title: '효과가 없는 옵션',
    message: '{flag} 옵션은 이제 아무 일도 하지 않습니다.',
    why: '엔진에서 없어졌거나 없어질 옵션입니다. 그때까지는 보호하는 것처럼 보일 뿐입니다.',
    remedy: '옵션을 빼십시오.',
  },
  ...ofSurface('run', containerChecksKo),
};
