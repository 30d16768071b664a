import type { ErrorText } from './error-text.ts';
import type { standingCliEn, standingErrorsEn, standingTextEn, standingWarningsEn } from './standing.en.ts';

export const standingErrorsKo: Record<keyof typeof standingErrorsEn, ErrorText> = {
  'exceptions-unreadable': {
    what: '예외 파일 {path}을(를) 읽을 수 없습니다: {detail}.',
    next: '경로와 권한을 확인하십시오.',
  },
  'exceptions-syntax': {
    what: '{where}: 올바른 YAML이 아닙니다: {detail}.',
    next: '해당 줄을 고치십시오. 고칠 때까지 이 파일의 예외는 하나도 적용되지 않습니다. 작성법은 docs/exceptions.md에 있습니다.',
  },
  'exceptions-value': {
    what: '{where}: {key}에 {value}은(는) 쓸 수 없습니다.',
    next: '{expected} 형식으로 적으십시오. 고칠 때까지 이 파일의 예외는 하나도 적용되지 않습니다. 작성법은 docs/exceptions.md에 있습니다.',
  },
  'exceptions-unknown-key': {
    what: "{where}: 예외에는 '{key}' 항목이 없습니다.",
    next: '쓸 수 있는 항목: {keys}. 뜻이 없는 항목을 그냥 넘기면 예외가 의도보다 넓어집니다.',
  },
  'exceptions-missing': {
    what: '{where}: 예외에 {key} 항목이 없습니다.',
    next: '보고서를 읽는 사람에게 필요하므로 추가하십시오. 이유 말고 무엇을 요구할지는 exceptions.require 설정으로 정합니다.',
  },
  'exceptions-empty': {
    what: '{where}: 무엇에 대한 예외인지 적혀 있지 않습니다.',
    next: '다음 중 하나 이상을 적으십시오: {keys}.',
  },
  'exceptions-too-long': {
    what: '{where}: 예외가 {expires}까지로, exceptions.longest 설정이 허용하는 {days}일보다 깁니다.',
    next: '{last} 이전에 끝나게 하고, 그때도 필요하면 연장하십시오.',
  },
  'exceptions-exist': {
    what: '{path}이(가) 이미 있습니다.',
    next: '-o <파일>로 다른 곳에 쓰거나, -o -로 출력하거나, --force로 바꾸십시오.',
  },
  'exceptions-option': {
    what: '예외에 {option}이(가) 필요하며, 아무것도 쓰지 않았습니다.',
    next: "명령줄에서 지정하십시오: --reason '도달할 수 없음'. 이유 말고 무엇을 요구할지는 exceptions.require 설정으로 정합니다.",
  },
  'exceptions-there': {
    what: '{where}에 같은 대상의 예외가 이미 있으며, 내용이 다릅니다: {fields}.',
    next: '--update로 새 내용을 그 예외에 쓰거나 그 줄을 직접 고치십시오. 아무것도 쓰지 않았습니다.',
  },
  'exceptions-foreign-file': {
    what: '{path}은(는) 다른 도구의 파일이라 문법이 다릅니다.',
    next: '--file로 plimsoll의 예외 파일을 지정하거나, 이 파일을 변환하십시오: plimsoll settings migrate {path}',
  },
  'exceptions-nothing': {
    what: '변환할 것이 없습니다. {folder}에 {files} 중 어느 것도 없습니다.',
    next: '파일을 지정하십시오: plimsoll settings migrate .trivyignore trivy.yaml',
  },
  'exceptions-foreign': {
    what: '{path}은(는) 변환할 수 있는 파일이 아닙니다.',
    next: '파일 이름으로 .trivyignore, .trivyignore.yaml, trivy.yaml, .grype.yaml, .snyk을 알아봅니다.',
  },
  'baseline-unreadable': {
    what: '기준 보고서 {path}을(를) 읽을 수 없습니다: {detail}.',
    next: 'plimsoll이 -f json=<파일>로 쓴 보고서나 이미지 이름을 지정하십시오.',
  },
  'baseline-no-platform': {
    what: '{path}에 플랫폼 {platform}의 보고서가 없습니다.',
    next: '같은 플랫폼으로 다시 만드십시오: plimsoll scan --platform all <이미지> -f json=<파일>',
  },
  'new-without-baseline': {
    what: '게이트가 새로 생긴 것만 보도록 되어 있는데, 무엇이 새것인지 가릴 기준이 없습니다.',
    next: '--baseline <보고서 또는 이미지>를 지정하거나, 모두 보게 하십시오: --fail-on high',
  },
};

export const standingWarningsKo: Record<keyof typeof standingWarningsEn, string> = {
  'exceptions-expired': '기한이 지나 더는 적용되지 않는 예외 {count}개: {list}.',
  'exceptions-end-soon': '{days}일 안에 끝나는 예외 {count}개: {list}. 끝나면 해당 결과가 다시 집계됩니다.',
  'exceptions-unused': '여기에서 쓰이지 않은 예외 {count}개: {list}. 지우거나 image:로 대상 이미지를 적으십시오.',
  'exceptions-partly': '예외가 일부 위치에만 해당하여 그대로 집계된 결과 {count}개: {list}.',
  'exceptions-version-undecided': '버전 범위를 실제 버전과 비교할 수 없어 적용되지 않은 예외 {count}개: {list}.',
  'exceptions-base-unknown':
    '베이스 이미지가 어디까지인지 모르거나 추측일 뿐이라 적용되지 않은, 베이스 레이어 또는 그 밖의 레이어에 대한 예외 {count}개: {list}.',
  'exceptions-left-out': '다른 도구의 무시 파일에서 여기서 판단할 수 없어 적용하지 않은 부분 {count}개: {list}.',
  'baseline-filtered':
    '기준 보고서 {spec}은(는) 결과 {count}개를 걸러 내고 쓴 것이라 그 결과들이 새것으로 집계됩니다. --severity, --type, --ignore-unfixed 없이 다시 쓰십시오.',
  'baseline-lacks': '기준 보고서 {spec}은(는) {kinds} 없이 만들어졌습니다. 그 결과는 새것인지 알 수 없으므로 모두 집계됩니다.',
  'baseline-other-image':
    '기준 보고서 {spec}은(는) {name}에 대한 것으로, 패키지 {count}개 가운데 {shared}개만 같습니다. 맞는 파일인지 확인하십시오. 거기에 없는 것은 새것으로 집계됩니다.',
  'baseline-other-platform':
    '기준 보고서 {spec}은(는) {platform}에 대한 것이고 여기는 {own}입니다. 한쪽 플랫폼에만 있는 것은 새것이나 해결된 것으로 집계됩니다. --platform all로 기준 보고서를 쓰십시오.',
  'baseline-other-key':
    '기준 보고서 {spec}의 비밀 정보 해시는 다른 키로 만든 것이라 모든 비밀 정보가 새것으로 집계됩니다. PLIMSOLL_SECRETS_KEY를 함께 쓰십시오.',
};

export const standingCliKo: Record<keyof typeof standingCliEn, string> = {
  'migrate.description': '다른 도구의 무시 파일과 설정 변환: .trivyignore, .trivyignore.yaml, trivy.yaml, .grype.yaml, .snyk',
  'migrate.files': '변환할 파일. 지정하지 않으면 작업 폴더에 있는 것',
  'migrate.output': 'plimsoll.exceptions.yaml 대신 예외를 쓸 곳. -이면 모두 출력',
  'migrate.force': '이미 있는 파일을 바꿈',
  'migrate.example.folder': '작업 폴더에 있는 것. 출력이 파이프로 이어지면 화면에 씀',
  'migrate.example.print': '무엇이 쓰일지 보기',
  'migrate.no-reason': '{file}의 {line}번째 줄에 이유가 적혀 있지 않음',
  'migrate.left': '{file}:{line}: 옮기지 못함: {what}',
  'migrate.nothing': '이 파일들에는 여기서 예외나 설정이 될 것이 없습니다.',
  'migrate.wrote': '썼습니다: {file}',
  'migrate.next': '내용을 확인한 뒤 {files}을(를) 지우십시오. 남아 있는 동안에는 둘 다 적용됩니다.',
  'exceptions.description': '예외로 인정한 결과를 나열, 점검, 작성',
  'exceptions.list.description': '예외와 상태 나열: 유효, 곧 끝남, 만료, 쓰이지 않음',
  'exceptions.check.description': '나열과 같되, 만료된 예외나 --report로 보아 필요 없는 예외가 있으면 종료 코드 1',
  'exceptions.report': '보고서(-f json). 어떤 결과에도 쓰이지 않는 예외를 가려냄',
  'exceptions.list.example': '작업 폴더의 예외',
  'exceptions.check.example': '매일 밤 돌리는 작업에서',
  'exceptions.example.report': '더는 필요 없는 것까지',
  'exceptions.none': '여기에는 예외 파일이 없습니다.',
  'exceptions.left': '{file}:{line}: 여기서 판단할 수 없어 적용하지 않음: {what}',
  'exceptions.column.state': '상태',
  'exceptions.column.until': '기한',
  'exceptions.column.what': '대상',
  'exceptions.column.owner': '담당',
  'exceptions.column.reason': '이유',
  'exceptions.column.where': '위치',
  'exceptions.state.active': '유효',
  'exceptions.state.ends-soon': '곧 끝남',
  'exceptions.state.expired': '만료',
  'exceptions.state.unused': '쓰이지 않음',
  'exceptions.add.description': 'plimsoll.exceptions.yaml에 예외 추가',
  'exceptions.add.id': '취약점(어떤 이름이든)이나 규칙: CVE-2024-1234, DL3002, aws-access-key-id',
  'exceptions.add.package': '이 패키지에서만. 이름이나 패키지 URL, 와일드카드 가능',
  'exceptions.add.version': '패키지의 이 버전에서만: >=1.2 <2',
  'exceptions.add.path': '이 경로에서만: usr/lib/**',
  'exceptions.add.layer': '이 레이어에서만: base, own, 다이제스트, 번호',
  'exceptions.add.image': '이 이미지에서만: registry.example/shop/*',
  'exceptions.add.kind': '이 종류의 결과에서만: {choices}',
  'exceptions.add.reason': '인정하는 이유',
  'exceptions.add.owner': '담당자',
  'exceptions.add.approver': '승인한 사람',
  'exceptions.add.ticket': '추적하는 곳',
  'exceptions.add.expires': '유효한 마지막 날: 2027-03-31',
  'exceptions.add.file': 'plimsoll.exceptions.yaml이 아닌 다른 파일',
  'exceptions.add.update': '같은 대상의 예외가 파일에 있으면 이유, 담당자, 만료일 등을 그 예외에 씀',
  'exceptions.add.example': '3월 말까지, 패키지 하나에서만',
  'exceptions.added': '이제 {file}이(가) {id}을(를) 인정합니다.',
  'exceptions.same': '{where}에서 이미 {id}을(를) 인정합니다. 아무것도 쓰지 않았습니다.',
  'exceptions.updated': '{id}을(를) 인정하는 {where}에 썼습니다: {fields}.',
  'exceptions.added-ended': '{file}에 {id}을(를) 적었지만 기한이 이미 지나 적용되지 않습니다.',
  'exceptions.named': '이 파일은 --exceptions {file}(으)로 지정해야 읽습니다.',
  'setting.exceptions': '작업 폴더의 예외 파일(plimsoll.exceptions.yaml, .trivyignore, .trivyignore.yaml, .grype.yaml, .snyk) 대신 쓸 파일',
  'setting.without-exceptions': '예외 파일을 읽지 않음',
  'setting.exceptions-require': '예외마다 이유 말고 더 있어야 하는 항목 목록: {choices}',
  'setting.exceptions-longest': '예외를 앞으로 며칠까지 둘 수 있는지. 정하면 모든 예외에 만료일이 있어야 함',
  'setting.exceptions-warn': '이 일수 안에 끝나는 예외를 알림',
  'setting.show-suppressed': '예외로 집계에서 빠진 결과도 이유, 담당자, 만료일과 함께 표시',
  'setting.baseline':
    '기준으로 삼을 보고서(-f json) 또는 검사 대상. 결과마다 변경으로 새로 생김, 공개되어 새로 알려짐, 그대로임을 가리고, 해결된 것도 알려 줌',
};

export const standingTextKo: Record<keyof typeof standingTextEn, string> = {
  'exceptions.used': '예외로 인정되어 집계하지 않은 결과: {count}개 ({files})',
  'exceptions.file': '{file}: {suppressed}건, 적용된 예외 {rules}개 중 {applied}개',
  'exceptions.file-uncounted': '{file}: {suppressed}건',
  'baseline.line': '{spec} 대비: 새 결과 {fresh}개(변경 {change}개, 공개 {disclosure}개), 그대로 {unchanged}개, 해결 {fixed}개',
  'baseline.fixed': '해결됨: {list}',
  'fixed.gone': '{id}({what}: 없어짐)',
  'fixed.changed': '{id}({what}: 바뀜)',
  'fixed.not-stated': '{id}({what}: 더는 해당한다는 정보가 없음)',
  'suppressed.title': '인정된 결과',
  'column.until': '기한',
  'column.who': '담당',
  'column.reason': '이유',
  'column.rule': '예외',
  'column.what': '대상',
  'by.baseline': '비밀 정보 기준 파일에 있음',
  'by.pragma': '주석',
  'by.settings': '설정',
  'by.origin': '보고한 도구',
  'by.exception': '예외',
};
