import { describe, expect, it } from 'vitest'
import { ownHostsFrom } from '@/lib/access/own-host.mjs'
import { checkFront } from '@/lib/launch/front-check.mjs'

const own = ownHostsFrom({ SWITCHBOARD_PORT: '3000' })
const line = (url: string, rawHeaders: readonly string[] = ['Host', 'localhost:3000'], method = 'GET') =>
  checkFront({ method, url, rawHeaders }, own)?.status ?? 200

describe('the check in front of Next', () => {
  it.each(['/', '/api/topology', '/?a=//b', '/a/b//c', '/%2f%2fevil.example'])('lets %s through', (url) => {
    expect(line(url)).toBe(200)
  })

  it.each([
    'http://evil.example/',
    'http://localhost:3000/',
    '//evil.example',
    '//',
    '*',
    '',
    'evil.example:443',
    '/\\evil.example',
    '\\',
  ])('refuses the target %j', (url) => {
    expect(line(url)).toBe(400)
  })

  it('insists on exactly one Host', () => {
    expect(line('/', [])).toBe(400)
    expect(line('/', ['Host', 'localhost:3000', 'host', 'evil.example'])).toBe(400)
    expect(line('/', ['Host', 'localhost:3000', 'HOST', 'localhost:3000'])).toBe(400)
  })

  it('refuses a foreign Host and says where the console is', () => {
    const refusal = checkFront({ method: 'GET', url: '/', rawHeaders: ['Host', 'evil.example'] }, own)
    expect(refusal).toMatchObject({ status: 421, message: expect.stringContaining('http://localhost:3000') })
  })

  it.each(['GET', 'HEAD', 'POST'])('takes %s', (method) => {
    expect(line('/', undefined, method)).toBe(200)
  })

  it.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PATCH', 'get'])('does not take %s', (method) => {
    expect(line('/', undefined, method)).toBe(405)
  })
})
