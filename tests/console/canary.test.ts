import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleScene, distDir, startConsoleScene, staticFiles, TOKEN } from '../support/console-scene'

// Credentials as a person's shell may hold them, and the values of the example's environment variables.
const canaries = {
  AWS_ACCESS_KEY_ID: 'AKIACANARYCANARYCANA',
  AWS_SECRET_ACCESS_KEY: 'canarySecretcanarySecretcanarySecretcana',
  AWS_SESSION_TOKEN: 'canarySessionTokenCanarySessionToken',
}

let scene: ConsoleScene
beforeAll(async () => {
  scene = await startConsoleScene({
    ...canaries,
    SWITCHBOARD_TARGET: 'endpoint',
    SWITCHBOARD_REGION: 'us-east-1',
  })
})
afterAll(() => scene?.stop())

const hidden = [...Object.values(canaries), TOKEN]

function expectClean(text: string, where: string) {
  for (const canary of hidden)
    expect(text.includes(canary), `${where} holds ${canary.slice(0, 8)}…`).toBe(false)
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${scene.port}${path}`, {
    headers: { cookie: scene.cookie.replace('localhost', ''), ...headers },
  })

describe('credentials', () => {
  it('are really in use, so that there is something to leak', async () => {
    const answer = await get('/api/topology')
    expect(answer.status).toBe(200)
    const signed = scene.endpoint.calls().map((call) => String(call.headers.authorization))
    expect(signed.some((header) => header.includes(canaries.AWS_ACCESS_KEY_ID))).toBe(true)
  })

  it('are in no page, flight data or JSON', async () => {
    const paths = [
      '/',
      '/?view=table',
      '/nothing',
      '/api/topology',
      '/api/health',
      '/api/service-config?id=service/default/backend-api-service',
      '/api/service-config?id=nothing',
    ]
    for (const path of paths) {
      const answer = await get(path)
      expectClean(`${await answer.text()} ${JSON.stringify([...answer.headers])}`, path)
    }
    expectClean(await (await get('/?_rsc=x', { RSC: '1' })).text(), 'flight data')
  })

  it('are in no event of the stream, good or failing', async () => {
    const answer = await get('/api/topology/stream')
    const reader = answer.body?.getReader()
    if (!reader) throw new Error('no stream')
    let text = ''
    const until = async (words: string) => {
      while (!text.includes(words)) {
        const { done, value } = await reader.read()
        if (done) throw new Error(`The stream ended before ${words}: ${text.slice(-200)}`)
        text += new TextDecoder().decode(value)
      }
    }
    await until('event: snapshot')
    scene.endpoint.fault('*', {
      kind: 'error',
      code: 'InvalidSignatureException',
      message: 'The request signature we calculated does not match the signature you provided.',
    })
    await until('InvalidSignatureException')
    await reader.cancel()
    scene.endpoint.fault('*', null)
    expectClean(text, 'the stream')
  })

  it('are in no file that a browser may load', () => {
    const files = staticFiles()
    expect(files.length).toBeGreaterThan(5)
    for (const file of files) expectClean(readFileSync(join(distDir, 'static', file), 'latin1'), file)
  })

  it('could not be: the browser is sent no AWS SDK and no source maps', () => {
    for (const file of staticFiles()) {
      const text = readFileSync(join(distDir, 'static', file), 'latin1')
      // Next leaves an empty map behind; it must stay empty.
      if (file.endsWith('.map')) expect(JSON.parse(text)).toMatchObject({ sources: [], sections: [] })
      expect(text).not.toMatch(/AWS4-HMAC-SHA256|AmazonEC2ContainerServiceV20141113|credential-provider/)
    }
  })

  it('hides environment values of task definitions', async () => {
    scene.endpoint.forget()
    const answer = await get('/api/service-config?id=service/default/frontend-web-service')
    const text = await answer.text()
    expect(text).toContain('BACKEND_URL')
    expect(text).not.toContain('http://backend-api')
  })
})
