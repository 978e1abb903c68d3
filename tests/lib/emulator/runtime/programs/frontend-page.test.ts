import fc from 'fast-check'
import { expect, it } from 'vitest'
import { frontendPage } from '@/lib/emulator/runtime/programs/frontend-page.mjs'

const view = {
  service: 'frontend-web',
  hostname: 'ip-127-10-0-12',
  backendUrl: 'http://backend-api.production.local:8080',
}

it('has the button, and no response before a call', () => {
  const page = frontendPage(view)
  expect(page).toContain('Call Backend Service')
  expect(page).not.toContain('Backend Response')
})

it('shows the JSON of the backend', () => {
  const outcome = { url: 'http://backend', status: 200, body: '{"hostname":"ip-127-10-0-13"}', tookMs: 2 }
  const page = frontendPage({ ...view, outcome })
  expect(page).toContain('Backend Response')
  expect(page).toContain('&quot;hostname&quot;: &quot;ip-127-10-0-13&quot;')
})

it('shows the error when there is no answer', () => {
  const outcome = { url: 'http://backend', error: 'connect ECONNREFUSED', tookMs: 2 }
  expect(frontendPage({ ...view, outcome })).toContain('<pre class="bad">connect ECONNREFUSED</pre>')
})

it('shows whatever the backend says as text, never as markup', () => {
  const tags = (page: string) => page.match(/<[a-z!/][^>]*>/gi)
  const plain = tags(frontendPage({ ...view, outcome: { url: 'x', status: 200, body: 'x', tookMs: 1 } }))
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '{"a":"<b>"}',
      "'-alert(1)-'",
    ),
  )
  fc.assert(
    fc.property(hostile, hostile, hostile, (body, url, service) => {
      const page = frontendPage({ ...view, service, outcome: { url, status: 200, body, tookMs: 1 } })
      expect(tags(page)).toEqual(plain)
    }),
  )
})
