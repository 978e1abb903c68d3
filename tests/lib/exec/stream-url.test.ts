import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOfStreamUrl } from '@/lib/exec/stream-url'

const aws = { kind: 'aws', endpointUrl: null } as const
const local = { kind: 'local', endpointUrl: 'http://127.0.0.1:4680' } as const
const other = { kind: 'endpoint', endpointUrl: 'https://cloud.example:8443' } as const
const path = '/v1/data-channel/ecs-execute-command-x?role=publish_subscribe&cell-number=AA'

describe('the address of a session', () => {
  it.each([
    [aws, `wss://ssmmessages.eu-central-1.amazonaws.com${path}`],
    [aws, `wss://ssmmessages.us-gov-west-1.amazonaws.com${path}`],
    [aws, `wss://ssmmessages.cn-north-1.amazonaws.com.cn${path}`],
    [local, `ws://127.0.0.1:4680${path}`],
    [{ ...local, endpointUrl: 'http://localhost:4680' }, `ws://127.0.0.1:4680${path}`],
    [other, `wss://cloud.example:8443${path}`],
    // An emulator that hands AWS's own address on.
    [other, `wss://ssmmessages.us-east-1.amazonaws.com${path}`],
  ] as const)('of %j may be %s', (target, url) => {
    expect(refusalOfStreamUrl(target, url)).toBe(null)
  })

  it.each([
    [aws, `ws://ssmmessages.eu-central-1.amazonaws.com${path}`],
    [aws, `wss://ssmmessages.eu-central-1.amazonaws.com:8443${path}`],
    [aws, `wss://ssmmessages.eu-central-1.amazonaws.com.evil.example${path}`],
    [aws, `wss://ssmmessages.eu-central-1.amazonaws.com.cn${path}`],
    [aws, `wss://ssmmessages.evil.amazonaws.com${path}`],
    [aws, `wss://evil.example/ssmmessages.eu-central-1.amazonaws.com`],
    [aws, `wss://ssmmessages.eu-central-1.amazonaws.com@evil.example${path}`],
    [aws, `wss://user:pass@ssmmessages.eu-central-1.amazonaws.com${path}`],
    [aws, `wss://127.0.0.1${path}`],
    [aws, `https://ssmmessages.eu-central-1.amazonaws.com${path}`],
    [aws, 'not a url'],
    [local, `wss://ssmmessages.eu-central-1.amazonaws.com${path}`],
    [local, `ws://127.0.0.1:4681${path}`],
    [local, `ws://10.0.0.1:4680${path}`],
    [local, `ws://127.0.0.1.evil.example:4680${path}`],
    [local, `wss://127.0.0.1:4680${path}`],
    [other, `ws://cloud.example:8443${path}`],
    [other, `wss://cloud.example${path}`],
  ] as const)('of %j may not be %s', (target, url) => {
    expect(refusalOfStreamUrl(target, url)).toEqual(expect.stringMatching(/./))
  })

  it('of the local cloud never leaves this machine, whatever is answered', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.string(), (web, text) => {
        expect(refusalOfStreamUrl(local, web.replace(/^http/, 'ws'))).not.toBe(null)
        const refusal = refusalOfStreamUrl(local, text)
        if (refusal === null) expect(new URL(text).hostname).toMatch(/^127\.|^localhost$|^\[::1\]$/)
      }),
    )
  })
})
