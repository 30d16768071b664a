/** Templates that have a name instead of a file; also examples of the language. The extension says how values are escaped. */
export const BUILT_IN: Readonly<Record<string, { readonly file: string; readonly text: string }>> = {
  list: {
    file: 'list.txt.hbs',
    text: `{{#each reports}}
{{target.name}}{{#if platform}} ({{platform}}){{/if}}: {{gate.outcome}} ({{gate.reasons}})
{{#each issues}}
{{#unless suppressed}}
{{upper severity}} {{rule}} {{#if package}}{{package.name}} {{package.version}}{{#if fixedVersions}} -> {{join fixedVersions}}{{/if}}{{else}}{{place}}: {{message}}{{/if}}{{#if new}} NEW{{/if}}
{{/unless}}
{{else}}
-
{{/each}}
{{/each}}
{{#each findings.removed}}
{{upper severity}} {{id}} {{#if package}}{{package.name}} {{package.version}}{{else}}{{place}}{{/if}} GONE
{{/each}}
`,
  },
  mail: {
    file: 'mail.html.hbs',
    text: `<!doctype html>
<html lang="{{language}}"><meta charset="utf-8"><title>{{target.name}}</title>
<body style="font-family:sans-serif">
{{#each reports}}
<h1 style="font-size:1.3em">{{target.name}} {{platform}}</h1>
<p><b>{{gate.outcome}}</b>: {{gate.reasons}}</p>
<p>{{#each counts}}{{@key}} {{this}} {{/each}}</p>
<table border="1" cellpadding="4" style="border-collapse:collapse">
{{#each issues}}
{{#unless suppressed}}
<tr><td>{{severity}}</td><td>{{rule}}</td><td>{{#if package}}{{package.name}} {{package.version}}{{else}}{{place}}{{/if}}</td><td>{{message}} {{remedy}}</td></tr>
{{/unless}}
{{/each}}
</table>
{{/each}}
{{#if findings.removed}}
<p>{{#each findings.removed}}<s>{{id}} {{#if package}}{{package.name}} {{package.version}}{{else}}{{place}}{{/if}}</s><br>{{/each}}</p>
{{/if}}
</body></html>
`,
  },
  chat: {
    file: 'chat.json.hbs',
    text: `{"text": "{{#each reports}}{{target.name}} {{platform}}: {{gate.outcome}} ({{gate.reasons}}){{#each counts}} {{@key}} {{this}}{{/each}}{{#each (first (where issues 'counted' true) 10)}}\\n{{severity}} {{rule}} {{#if package}}{{package.name}} {{package.version}}{{else}}{{place}}{{/if}}{{/each}}{{#unless @last}}\\n{{/unless}}{{/each}}"}
`,
  },
};
