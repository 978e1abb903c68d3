import { parsed } from './call.mjs'

/** @type {Record<string, string>} */
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Everything that did not come from this file goes through here. @param {unknown} value */
export const escapeHtml = (value) => String(value).replace(/[&<>"']/g, (char) => entities[char] ?? char)

/** What every page of these programs looks like. */
export const pageStyle = `
  :root { color-scheme: light dark; --line: light-dark(#d8dce3, #333a45); --quiet: light-dark(#5b6472, #9aa4b2);
    --accent: light-dark(#1f5fd0, #7fb0ff); --bad: light-dark(#b3261e, #ff9a91); }
  * { box-sizing: border-box; }
  body { margin: 0 auto; max-width: 44rem; padding: 3rem 1.5rem; font: 16px/1.5 system-ui, sans-serif; }
  h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
  p { color: var(--quiet); margin: .25rem 0 1.5rem; overflow-wrap: anywhere; }
  button { font: inherit; font-weight: 600; padding: .6rem 1.1rem; border: 0; border-radius: .5rem; cursor: pointer;
    color: light-dark(#fff, #0b1220); background: var(--accent); }
  button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  pre { margin: 0; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; font-size: .875rem;
    white-space: pre-wrap; overflow-wrap: anywhere; }
  .bad { border-color: var(--bad); color: var(--bad); }`

/** @param {import('./call.mjs').Answered | import('./call.mjs').Failed} outcome */
function response(outcome) {
  const took = `${outcome.tookMs} ms`
  if ('error' in outcome) {
    const said = `<p>No answer from ${escapeHtml(outcome.url)} (${took})</p>`
    return `<section aria-live="polite"><h2>Backend Response</h2>${said}<pre class="bad">${escapeHtml(outcome.error)}</pre></section>`
  }
  const body = parsed(outcome.body)
  const shown = typeof body === 'string' ? body : JSON.stringify(body, null, 2)
  const bad = outcome.status < 400 ? '' : ' class="bad"'
  const said = `<p>${outcome.status} from ${escapeHtml(outcome.url)} in ${took}</p>`
  return `<section aria-live="polite"><h2>Backend Response</h2>${said}<pre${bad}>${escapeHtml(shown)}</pre></section>`
}

/**
 * The whole page. Works without any script: the button is a form.
 * @param {{ service: string, hostname: string, backendUrl: string, outcome?: import('./call.mjs').Answered | import('./call.mjs').Failed }} view
 */
export const frontendPage = ({ service, hostname, backendUrl, outcome }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(service)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(service)}</h1>
<p>This page comes from ${escapeHtml(hostname)} and knows its backend as ${escapeHtml(backendUrl)}</p>
<form action="/call-backend" method="get"><button type="submit">Call Backend Service</button></form>
${outcome ? response(outcome) : ''}
</main>
</body>
</html>
`
