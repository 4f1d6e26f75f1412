import { INK, TEXT } from '../../../src/core/screen/palette.ts';

/** The style sheet of the report, without the colors that only single screens need. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:light-dark(#f3f2ed,#1b2026);--sheet:light-dark(#fbfaf7,#22282f);--ink:light-dark(#14191f,#eceae4);--soft:light-dark(#4b535c,#b0b7bf);--line:light-dark(#cbc8be,#3b434d);--link:light-dark(#ae3400,#ff9167);--mono:ui-monospace,'SF Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}
header,main{max-width:100rem;margin:0 auto;padding:1rem}
header{padding-bottom:0}
h1{margin:.5rem 0 0;font-size:1.75rem;line-height:1.2}
h2{margin:2.5rem 0 1rem;padding-top:.75rem;border-top:2px solid var(--ink);font-size:1.375rem}
h3{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;margin:0;font:600 1rem/1.4 var(--mono);overflow-wrap:anywhere}
p{margin:.5rem 0;max-width:45rem}
a{color:var(--link)}
code{font:.875em var(--mono);overflow-wrap:anywhere}
.sum{font:600 1rem var(--mono)}
.where,.kind,.legend{color:var(--soft);font:.8125rem var(--mono);overflow-wrap:anywhere}
.kind{padding:0 .5em;border:1px solid currentColor}
.toc{padding-left:1.25rem;max-width:45rem}
.toc li{margin:.25rem 0}
section.step{margin:1rem 0 1.5rem;padding:1rem;border:1px solid var(--line);background:var(--sheet)}
.prose{margin:.75rem 0;padding-left:.75rem;border-left:3px solid var(--line);color:var(--soft)}
.pair{display:grid;gap:1rem;margin:.75rem 0}
figure{min-width:0;margin:0}
figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.25rem 0;font:600 .8125rem var(--mono)}
figcaption span+span{font-weight:400}figcaption strong{padding:0 .5em;background:#8c1d18;color:#fff}
.screen,pre.message{margin:0;background:${INK};color:${TEXT};font:.8125rem/1.5 var(--mono);padding:.5rem 0}
pre.message{padding:.5rem .75rem;white-space:pre-wrap;overflow-wrap:anywhere}
.screen pre{margin:0;font:inherit}
.l{display:block;min-height:1.5em;padding:0 .75rem 0 calc(.75rem + 2ch);border-left:3px solid transparent;text-indent:-2ch;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:8}
.l *{text-indent:0}
.typed{background:#1b2530;font-weight:650}
.was .c{border-left-color:#ff7b6e}
.now .c{border-left-color:#77d68a}
.l del,.l ins{text-decoration:none;border-radius:2px}
.styles del{outline:1px solid #f87171}
.styles ins{outline:1px solid #4ade80}
.was.text del,.was.text del *{background:#8c1d18;color:#fff}
.now.text ins,.now.text ins *{background:#14532d;color:#fff}
mark{background:none;color:inherit;text-decoration:underline dotted #ff9167 .1em;text-underline-offset:.22em}
summary{padding:.125rem .75rem;border-block:1px dashed #45525f;color:#ff9167;font-size:.8125rem;cursor:pointer}
summary:focus-visible,a:focus-visible{outline:2px solid currentColor;outline-offset:-2px}
.legend mark,.legend del,.legend ins{padding:0 .25em}
.legend del{background:#8c1d18;color:#fff;text-decoration:none}
.legend ins{background:#14532d;color:#fff;text-decoration:none}
.b{font-weight:700}.d{opacity:.8}.i{font-style:italic}.u{text-decoration:underline}.s{text-decoration:line-through}.h{visibility:hidden}
.fd{color:${INK}}.gd{background:${TEXT}}
@media (min-width:64rem){.pair.two{grid-template-columns:1fr 1fr}}
@media (max-width:40rem){header,main{padding:.75rem}section.step{margin-inline:-.75rem;padding:.75rem;border-inline:0}.screen,pre.message{margin-inline:-.75rem;font-size:.75rem}}
@media print{body{background:#fff;color:#000}.l,pre.message{print-color-adjust:exact}}
`;
