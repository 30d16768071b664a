/** How the page looks: light and dark, wide and narrow, on a screen and on paper. Colours of text keep 4.5 to 1, of bars 3 to 1. */
export const STYLE = `
:root{color-scheme:light dark;--back:#f5f6f8;--card:#fff;--text:#1b2027;--dim:#535c68;--line:#d6dae0;--link:#0b57a8;--focus:#0b57a8;
--critical:#8f1130;--high:#b23a10;--medium:#8a5b00;--low:#1d5f9a;--negligible:#59626d;--unknown:#6a3f9c;--on:#fff;--good:#17693a;--fair:#8a5b00;--poor:#8f1130}
@media (prefers-color-scheme:dark){:root{--back:#12151a;--card:#1b2027;--text:#e8ebef;--dim:#a8b0bb;--line:#39414c;--link:#8ec2ff;--focus:#8ec2ff;
--critical:#ff93a6;--high:#ffab85;--medium:#f0c35a;--low:#8ec2ff;--negligible:#b4bcc7;--unknown:#cfb0f5;--on:#15181d;--good:#78d69c;--fair:#f0c35a;--poor:#ff93a6}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
body{margin:0;background:var(--back);color:var(--text);font:15px/1.55 system-ui,-apple-system,"Segoe UI","Apple SD Gothic Neo","Noto Sans KR","Noto Sans CJK KR","Malgun Gothic",sans-serif}
:lang(ko){word-break:keep-all}
a{color:var(--link)}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.skip{position:absolute;left:-99em}
.skip:focus{left:1em;top:1em;background:var(--card);padding:.5em 1em;z-index:9}
header,main,footer,nav>ul{max-width:1180px;margin:0 auto;padding:0 20px}
header{padding-top:28px;padding-bottom:12px;overflow-wrap:anywhere}
h1{font-size:1.05rem;font-weight:600;color:var(--dim);margin:0}
.target{font-size:1.6rem;font-weight:650;line-height:1.3;margin:.15em 0 .5em;overflow-wrap:anywhere}
h2{font-size:1.3rem;margin:0 0 .7em;line-height:1.3}
h3{font-size:1.02rem;margin:1.6em 0 .5em}
nav{position:sticky;top:0;background:var(--card);border-block:1px solid var(--line);z-index:5}
nav ul{display:flex;gap:4px 20px;list-style:none;overflow-x:auto;white-space:nowrap}
nav a{display:inline-block;padding:10px 0;text-decoration:none}
nav a:hover{text-decoration:underline}
nav .n{color:var(--dim);font-variant-numeric:tabular-nums}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:22px 24px;margin:20px 0;scroll-margin-top:60px}
.gate{display:inline-block;border-radius:6px;padding:3px 12px;font-weight:650;color:var(--on);background:var(--fair)}
.gate.allow{background:var(--good)}
.gate.none{background:var(--dim)}
.gate.deny{background:var(--poor)}
.reasons{margin:.5em 0 0}
.meta{display:flex;flex-wrap:wrap;gap:2px 22px;color:var(--dim);font-size:.9rem;margin:.7em 0 0;padding:0;list-style:none}
.meta code{overflow-wrap:anywhere}
.top{display:grid;grid-template-columns:170px 1fr;gap:28px;align-items:center}
.gauge{width:160px;height:160px}
.gauge text{fill:var(--text);font-weight:650}
.gauge text+text{font-weight:400;fill:var(--dim)}
.gauge .track{stroke:var(--line)}
.gauge.good .fill{stroke:var(--good)}
.gauge.fair .fill{stroke:var(--fair)}
.gauge.poor .fill{stroke:var(--poor)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin:0;padding:0;list-style:none}
.tiles li{border:1px solid var(--line);border-radius:8px;padding:12px 14px}
.tiles .big{display:block;font-size:1.7rem;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
.tiles .small{display:block;color:var(--dim);font-size:.87rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:10px 36px;margin-top:1.4em}
figure{margin:0;min-width:0}
figcaption{font-weight:600;margin-bottom:.5em}
.bars{list-style:none;margin:0;padding:0}
.bars li{margin:0 0 10px;min-width:0}
.bars .label{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:.9rem}
.bars svg{display:block;width:100%;height:14px}
.bars .counts{color:var(--dim);font-size:.85rem}
.bar-critical{fill:var(--critical)}.bar-high{fill:var(--high)}.bar-medium{fill:var(--medium)}.bar-low{fill:var(--low)}.bar-negligible{fill:var(--negligible)}.bar-unknown{fill:var(--unknown)}
.sev{display:inline-block;border-radius:4px;padding:1px 8px;color:var(--on);font-size:.85rem;font-weight:600;white-space:nowrap;background:var(--unknown)}
.sev.critical{background:var(--critical)}.sev.high{background:var(--high)}.sev.medium{background:var(--medium)}.sev.low{background:var(--low)}.sev.negligible{background:var(--negligible)}
.note{display:block;color:var(--dim);font-size:.85rem}
.scroll{overflow-x:auto;margin:0 -4px;padding:0 4px;position:relative}
.scripted .data .scroll{max-height:78vh;overflow:auto}
.data thead th{position:sticky;top:0;background:var(--card);z-index:1}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{text-align:left;vertical-align:top;padding:7px 10px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
td:not(.wide){min-width:5.5em}
tbody th{font-weight:400}
thead th{font-weight:600;color:var(--dim);white-space:nowrap;border-bottom-width:2px}
thead button{all:unset;cursor:pointer;font-weight:600}
thead button:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.scripted thead button::after{content:"\\2195";opacity:.55;margin-left:.4em}
th[aria-sort=ascending] button::after{content:"\\2191" !important;opacity:1 !important}
th[aria-sort=descending] button::after{content:"\\2193" !important;opacity:1 !important}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
code,.code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK KR","D2Coding",monospace;overflow-wrap:anywhere}
.filters{display:none;flex-wrap:wrap;gap:8px 18px;align-items:center;margin:0 0 12px}
.scripted .filters{display:flex}
.filters input[type=search],.filters select{font:inherit;color:inherit;background:var(--back);border:1px solid var(--dim);border-radius:6px;padding:5px 9px;margin-left:4px}
.filters input[type=search]{width:min(16em,60vw)}
.shown{color:var(--dim);margin-left:auto;font-variant-numeric:tabular-nums}
.more{font:inherit;color:var(--link);background:none;border:1px solid var(--line);border-radius:6px;padding:6px 16px;margin-top:12px;cursor:pointer}
details{margin-top:2px}
summary{cursor:pointer;color:var(--link)}
details dl{margin:.5em 0 .3em;min-width:min(34em,60vw)}
dl.pairs{display:grid;grid-template-columns:minmax(8em,max-content) 1fr;gap:5px 22px;margin:0}
dl.pairs dt{color:var(--dim)}
dl.pairs dd{margin:0;overflow-wrap:anywhere}
details dl dt{color:var(--dim);font-size:.85rem}
details dl dd{margin:0 0 .5em}
ol.todo{margin:0;padding-left:1.6em}
ol.todo li{margin:0 0 .7em;padding-left:.3em}
ol.todo .sev{margin-right:.4em}
.id{white-space:nowrap}
.narrow{display:none}
.ok{color:var(--good);font-weight:600}
footer{color:var(--dim);font-size:.9rem;padding-bottom:40px}
@media (max-width:720px){body{font-size:16px}header,main,footer,nav>ul{padding-inline:14px}section{padding:16px 14px;margin:14px 0}.top{grid-template-columns:1fr;justify-items:center;gap:14px}.top>*{min-width:0}.top .tiles{width:100%}
.wide{display:none}.narrow{display:block}th,td{padding:7px 6px}td:not(.wide){min-width:0}details dl{min-width:0}.target{font-size:1.25rem}.gauge{width:130px;height:130px}dl.pairs{grid-template-columns:1fr;gap:0}dl.pairs dd{margin-bottom:.6em}.shown{margin-left:0;width:100%}.tiles{grid-template-columns:1fr 1fr}}
@media (max-width:480px){table{font-size:.82rem}th,td{padding:7px 4px}.id{white-space:normal}.id a{white-space:nowrap}.sev{padding:1px 5px;font-size:.78rem}.scripted thead button::after{margin-left:.15em}section{padding-inline:10px}}
@media print{:root{color-scheme:light;--back:#fff;--card:#fff;--text:#000;--dim:#444;--line:#bbb;--link:#000;--critical:#8f1130;--high:#b23a10;--medium:#8a5b00;--low:#1d5f9a;--negligible:#59626d;--unknown:#6a3f9c;--on:#fff;--good:#17693a;--fair:#8a5b00;--poor:#8f1130}
body{font-size:9.5pt}nav,.filters,.scripted .filters,.more,.skip,noscript{display:none}section{border:0;padding:0;margin:14pt 0;border-radius:0}header,main,footer{max-width:none;padding:0}.scroll,.scripted .data .scroll{overflow:visible;max-height:none}.data thead th{position:static}
h2,h3,figcaption{break-after:avoid}tr,li,figure{break-inside:avoid}thead{display:table-header-group}table{font-size:8.5pt}.sev,.gate,rect,circle{print-color-adjust:exact;-webkit-print-color-adjust:exact}
thead button::after{content:"" !important}details::details-content{content-visibility:visible;height:auto}details>summary{list-style:none;color:inherit}@page{margin:14mm}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
