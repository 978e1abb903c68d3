import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Action,
  actionCall,
  actionsOfBuild,
  asked,
  type ConsoleScene,
  saysItRan,
  startConsoleScene,
  TOKEN,
} from '../support/console-scene'
import { rawRequest } from '../support/raw-request'

const actions = actionsOfBuild()
let open: ConsoleScene
let readOnly: ConsoleScene
let closed: ConsoleScene

beforeAll(async () => {
  open = await startConsoleScene()
  readOnly = await startConsoleScene({ SWITCHBOARD_READ_ONLY: '1' })
  closed = await startConsoleScene({ SWITCHBOARD_ACCESS: 'token' })
}, 120_000)
afterAll(async () => {
  for (const scene of [open, readOnly, closed]) await scene?.stop()
})

/** Calls an action over a bare socket; whether it ran is told by an answer that only the action gives. */
async function call(scene: ConsoleScene, action: Action, headers: readonly (readonly [string, string])[]) {
  const request = actionCall(action)
  const answer = await rawRequest(scene.port, { ...request, headers: [...headers, ...request.headers] })
  return { ...answer, ran: saysItRan(action, answer.body) }
}

describe('server actions', () => {
  it('are known one by one, with an input that would run', () => {
    expect(actions.map((action) => action.name).sort()).toEqual(Object.keys(asked).sort())
  })

  it.each(actions.map((action) => [action.name, action] as const))(
    '%s runs for its own page alone: one of six origins',
    async (_name, action) => {
      const { host, origin, cookie } = open
      const cookies = ['Cookie', cookie] as const
      const own = ['Host', host] as const
      const cases = [
        [own, ['Origin', origin], cookies],
        [own, cookies],
        [own, ['Origin', 'null'], cookies],
        [own, ['Origin', 'http://evil.example'], cookies],
        [['Host', 'evil.example'], ['Origin', 'http://evil.example'], cookies],
        [own, ['Origin', 'http://evil.example'], ['X-Forwarded-Host', 'evil.example'], cookies],
      ] as const
      const results = []
      for (const headers of cases) results.push(await call(open, action, headers))
      expect(results.map((result) => result.ran)).toEqual([true, false, false, false, false, false])
      expect(results.map((result) => result.status)).toEqual([200, 403, 403, 403, 421, 421])
    },
  )

  it.each(actions.map((action) => [action.name, action] as const))(
    '%s needs a session, also on this machine',
    async (_name, action) => {
      for (const scene of [open, closed]) {
        const headers = [
          ['Host', scene.host],
          ['Origin', scene.origin],
        ] as const
        for (const cookie of [
          '',
          `switchboard-session-${scene.port}=forged.forged.forged`,
          readOnly.cookie,
          TOKEN,
        ]) {
          const result = await call(scene, action, [...headers, ['Cookie', cookie]])
          expect(result.ran).toBe(false)
        }
      }
    },
  )

  it.each(actions.map((action) => [action.name, action] as const))(
    '%s does not run for a viewer',
    async (_name, action) => {
      const { host, origin, cookie } = readOnly
      expect(cookie).not.toBe('')
      const result = await call(readOnly, action, [
        ['Host', host],
        ['Origin', origin],
        ['Cookie', cookie],
      ])
      expect(result.ran).toBe(false)
      expect(result.body).toContain('ReadOnly')
    },
  )

  it.each(actions.map((action) => [action.name, action] as const))(
    '%s refuses forged arguments before anything is sent',
    async (_name, action) => {
      for (const forged of [
        [],
        [null],
        ['text'],
        [{}],
        [{ ...asked[action.name]?.input(), clusterArn: '../../x' }],
        [[]],
        [7],
      ]) {
        const { body } = await rawRequest(open.port, {
          ...actionCall(action),
          headers: [
            ['Host', open.host],
            ['Origin', open.origin],
            ['Cookie', open.cookie],
            ...actionCall(action).headers,
          ],
          body: JSON.stringify(forged),
        })
        expect(saysItRan(action, body)).toBe(false)
      }
    },
  )
})

describe('data', () => {
  const paths = [
    '/',
    '/api/topology',
    '/api/topology/stream',
    '/api/service-config?id=service/default/backend-api-service',
  ]

  it.each(paths)('%s is not given to strangers of a console with a token', async (target) => {
    closed.endpoint.forget()
    for (const cookie of ['', `switchboard-session-${closed.port}=x.y.z`, open.cookie]) {
      const answer = await rawRequest(closed.port, {
        target,
        headers: [
          ['Host', closed.host],
          ['Cookie', cookie],
        ],
      })
      expect(answer.status).toBe(401)
      expect(answer.body).not.toContain('backend-api')
    }
    expect(closed.endpoint.calls()).toEqual([])
  })

  it.each(paths)('%s is given to a session', async (target) => {
    const answer = await rawRequest(closed.port, {
      target,
      headers: [
        ['Host', closed.host],
        ['Cookie', closed.cookie],
      ],
      headersOnly: true,
    })
    expect(answer.status).toBe(200)
  })

  it('is not given for a wrong token, and no session either', async () => {
    for (const token of ['', 'wrong', `${TOKEN}x`, TOKEN.slice(1)]) {
      const answer = await rawRequest(closed.port, {
        target: `/?token=${token}`,
        headers: [['Host', closed.host]],
      })
      expect(answer.status).toBe(401)
      expect(answer.headers.has('set-cookie')).toBe(false)
    }
  })

  it('is reached by the printed address, which leaves the token behind', async () => {
    const answer = await rawRequest(closed.port, {
      target: `/?token=${TOKEN}&view=table`,
      headers: [['Host', closed.host]],
    })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/?view=table')
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict/)
  })

  it('is read without a session only where the console is open', async () => {
    const ask = (scene: ConsoleScene) =>
      rawRequest(scene.port, { target: '/api/topology', headers: [['Host', scene.host]] })
    expect((await ask(open)).status).toBe(200)
    expect((await ask(closed)).status).toBe(401)
  })
})
