import { escapeHtml, pageStyle } from './frontend-page.mjs'

/** @param {unknown} votes @returns {{ name: string, value: number }[]} */
const readVotes = (votes) =>
  Array.isArray(votes)
    ? votes.filter((one) => typeof one?.name === 'string' && typeof one?.value === 'number')
    : []

const style = `${pageStyle}
  ul { list-style: none; padding: 0; display: grid; gap: .5rem; }
  li { display: grid; grid-template-columns: 1fr auto 15rem; gap: 1rem; align-items: center; padding: .5rem .75rem;
    border: 1px solid var(--line); border-radius: .5rem; }
  output { font-variant-numeric: tabular-nums; } li form { display: grid; }`

/**
 * The whole page. Works without any script: every button is a form.
 * @param {{ hostname: string, appserver: string, votedFor: string | undefined, failure?: string, stats?: unknown, votes?: unknown }} view
 */
export function yelbPage({ hostname, appserver, votedFor, failure, stats, votes }) {
  const told = Object(stats)
  const rows = readVotes(votes)
    .map(
      ({ name, value }) =>
        `<li><span>${escapeHtml(name)}</span><output>${escapeHtml(value)} ${value === 1 ? 'vote' : 'votes'}</output>` +
        `<form action="/vote" method="get"><button type="submit" name="for" value="${escapeHtml(name)}">Vote for ${escapeHtml(name)}</button></form></li>`,
    )
    .join('')
  const counts = `<p>${escapeHtml(told.pageviews ?? 0)} page views, counted by redis-server. Answered by ${escapeHtml(told.hostname ?? 'nobody')}.</p>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Yelb (stand-in)</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Yelb</h1>
<p>A stand-in for yelb-ui on ${escapeHtml(hostname)}. It knows its application server as ${escapeHtml(appserver)}.</p>
${votedFor ? `<p role="status">You voted for ${escapeHtml(votedFor)}.</p>` : ''}
${failure === undefined ? `${counts}<ul>${rows}</ul>` : `<h2>The application server does not answer</h2><pre class="bad">${escapeHtml(failure)}</pre>`}
</main>
</body>
</html>
`
}
