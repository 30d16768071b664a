import type { cliSecretsEn } from './cli-secrets.en.ts';

export const cliSecretsKo: Record<keyof typeof cliSecretsEn, string> = {
  'secrets.description': '이미지, 폴더, 아카이브, 텍스트에 남은 비밀번호, 키, 토큰 찾기',
  'secrets.target': 'scan과 같은 이미지, 폴더, 아카이브(tar, tar.gz, zip), 파일 하나, 또는 표준 입력의 아카이브나 텍스트를 뜻하는 -',
  'secrets.write-baseline': '찾은 것을 --baseline에 쓸 알려진 비밀 정보 파일로 쓰기. 비밀 값은 들어가지 않음',
  'secrets.baseline-written': '알려진 비밀 정보 {count}건을 {file}에 썼습니다.',
  'secrets.example.image': '이미지의 모든 것과 그 설정, 이력',
  'secrets.example.folder': '현재 폴더',
  'secrets.example.stdin': '다른 프로그램이 내보내는 텍스트',
  'secrets.example.write-baseline': '지금 있는 것을 알려진 것으로 기록',
  'secrets.example.baseline': '파이프라인용: 아직 알려지지 않은 비밀 정보가 있으면 종료 코드 1',
  'secrets.example.skip': '테스트와 마크다운까지',
  'fs.description': '이 컴퓨터의 폴더나 파일을 scan과 같이 검사',
  'fs.path': '폴더나 파일. 레지스트리의 이미지로는 보지 않음',
  'fs.example.secret': '비밀 정보만, plimsoll secrets .와 같음',
  'fs.example.json': 'plimsoll의 JSON 보고서. fs는 Trivy의 명령이라 --format json이 Trivy 형식으로 씀',
  'fs.example.both': '취약점과 비밀 정보. 높음 이상이 있으면 종료 코드 1',
  'setting.secrets-where':
    'any-layer: 이미지를 받은 사람은 모두 볼 수 있으므로 위 레이어가 지우거나 바꾼 비밀 정보까지, final: 최종적으로 남은 것만',
  'setting.secrets-skip': '제외할 파일 분류(docs/secrets.md 참조) 또는 그 묶음 default, trivy, binary, none. -분류는 기본값에서 그것을 뺌',
  'setting.secrets-rules': '자체 규칙 파일: 기본 규칙에 더할 YAML, 또는 useDefault가 없으면 기본 규칙을 대신할 gitleaks의 TOML',
  'setting.secrets-baseline': '--write-baseline으로 만든 알려진 비밀 정보 파일. 보여 주되 세지 않음',
  'setting.secrets-verify': '찾은 비밀 정보를 해당 서비스에 보내 아직 유효한지 물어봄. --offline과 함께 쓸 수 없음',
  'setting.secrets-verify-endpoints': '서비스의 원래 주소 대신 물어볼 주소 또는 off. 예: gitlab=https://git.example.com/api/v4',
  'setting.secrets-key': '기준선과 캐시가 비밀 정보를 알아보는 해시의 키(16자 이상). 여럿이 공유할 때 지정하며 기본값은 사용자별 키',
};
