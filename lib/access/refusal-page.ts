import type { Refusal } from './check'

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** A refused page, readable without scripts or styles from elsewhere. */
export function pageForRefusal({ status, code, message, remedy }: Refusal): Response {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Switchboard: ${escapeHtml(code)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:36rem;margin:18vh auto;padding:0 1.5rem;color-scheme:light dark}h1{font-size:1.1rem}</style></head>
<body><h1>${escapeHtml(message)}</h1><p>${escapeHtml(remedy)}</p></body>
</html>
`
  return new Response(html, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    },
  })
}
