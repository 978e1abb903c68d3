import { CreateServiceCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import type { Page } from '@playwright/test'
import { card, expect, test } from './support/journey'

/** What a service of somebody else may answer, by the path that gives it; a program for `node -e`. */
const program = `
const scripts = ['<script>ran=1;alert(1)</script>', '<img src=x onerror="ran=1;alert(1)">', '<svg onload="ran=1;alert(1)"></svg>',
  '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>', '<a href="javascript:ran=1" autofocus onfocus="ran=1">x</a>',
  '</pre><script>ran=1</script>', '<base href="http://evil.example/">', '<meta http-equiv="refresh" content="0;url=http://evil.example/">',
  '<link rel="stylesheet" href="http://evil.example/x.css">', '<form action="http://evil.example/"><button autofocus>x</button></form>',
  '<object data="http://evil.example/x"></object>', '<style>@import "http://evil.example/x.css";</style>']
const wrap = [(t) => t, (t) => JSON.stringify({ message: t, hostname: t }), (t) => '\\0' + t, (t) => t + '\\u202e' + t, (t) => '\\x1b[2J' + t,
  (t) => '\\ufeff' + t.toUpperCase(), (t) => '{"a":' + t, (t) => '<!--' + t + '-->' + t]
const types = ['text/html', 'image/svg+xml', 'application/json', 'text/plain; charset=utf-7', 'application/javascript']
require('http').createServer((request, response) => {
  const path = request.url.slice(1)
  const number = Number(path)
  const bodies = {
    svg: ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="ran=1"><image href="http://evil.example/x.png"/></svg>'],
    rtl: ['text/plain', 'amount \\u202e0001\\u202c end'],
    control: ['text/plain', 'nul[\\0] bell[\\x07] back[\\b\\b] delete[\\x7f] zero[\\u200b] c1[\\x9b]'],
    ansi: ['text/plain', '\\x1b[2J\\x1b]52;c;ZXZpbA==\\x07\\x1b]8;;http://evil.example\\x1b\\\\link'],
    json: ['application/json', JSON.stringify({ message: scripts[0], hostname: scripts[1] })],
    line: ['text/html', '<b>'.repeat(350000)],
  }
  const script = scripts[number % scripts.length]
  const [type, body] = bodies[path] ?? [types[number % types.length], wrap.map((around) => around(script)).join('\\n')]
  response.setHeader('Content-Type', type)
  response.setHeader('X-Hostname', scripts[1])
  response.setHeader('Refresh', '0;url=http://evil.example/')
  response.end(body)
}).listen(8080)
`

/** Opens the call drawer on the service, and gives what is called with: a path in, the box with the answer's text out. */
async function openDrawer(page: Page) {
  await card(page, 'hostile').click()
  await page.getByRole('complementary').getByRole('button', { name: 'Call', exact: true }).click()
  const drawer = page.getByRole('region', { name: 'Call' })
  return async (path: string) => {
    await drawer.getByLabel('Path').fill(path)
    const before = await drawer
      .locator('[data-call-id]')
      .getAttribute('data-call-id', { timeout: 1 })
      .catch(() => '')
    await expect(async () => {
      const [response] = await Promise.all([
        page.waitForResponse((candidate) => candidate.url().endsWith('/api/call')),
        drawer.getByRole('button', { name: 'Call', exact: true }).click(),
      ])
      // 429 is the console's own brake on people who click faster than people do.
      expect(response.status()).toBe(200)
    }).toPass()
    const answer = drawer.locator(`[data-call-id]:not([data-call-id="${before}"])`)
    await expect(answer).toContainText('Answered by')
    return answer.locator('pre')
  }
}

test('whatever a service answers is shown as text, and does nothing (S-09)', async ({ page, product }) => {
  test.setTimeout(180_000)
  const { taskDefinition } = await product.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'hostile',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        {
          name: 'app',
          image: 'node:20',
          command: ['node', '-e', program],
          portMappings: [{ containerPort: 8080 }],
          healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:8080/ || exit 1'], interval: 5 },
        },
      ],
    }),
  )
  await product.ecs.send(
    new CreateServiceCommand({
      serviceName: 'hostile',
      taskDefinition: taskDefinition?.taskDefinitionArn,
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
    }),
  )

  const happened: string[] = []
  page.on('dialog', (dialog) => {
    happened.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== product.consoleUrl)
      happened.push(`request ${request.url()}`)
  })
  page.on('popup', (popup) => happened.push(`popup ${popup.url()}`))
  page.on('framenavigated', (frame) => {
    if (!frame.url().startsWith(product.consoleUrl)) happened.push(`navigation ${frame.url()}`)
  })
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      document.documentElement.setAttribute(
        'data-policy-report',
        event.blockedURI || event.violatedDirective,
      ),
    ),
  )

  await page.goto(product.consoleUrl)
  await expect(card(page, 'hostile')).toContainText('1/1')
  const call = await openDrawer(page)

  await test.step('pictures, directions, control characters and escapes are spelled out', async () => {
    await expect(await call('/svg')).toContainText('<svg xmlns=')
    await expect(await call('/json')).toContainText('"hostname": "<img src=x onerror=')
    await expect(await call('/rtl')).toHaveText('amount ⟨U+202E⟩0001⟨U+202C⟩ end')
    await expect(await call('/control')).toHaveText(
      'nul[␀] bell[␇] back[␈␈] delete[␡] zero[⟨U+200B⟩] c1[⟨U+009B⟩]',
    )
    await expect(await call('/ansi')).toContainText('␛[2J␛]52;c;ZXZpbA==␇␛]8;;http')
  })

  await test.step('a line of a megabyte is cut, and stays within the drawer', async () => {
    const shown = await call('/line')
    await expect(shown).toContainText('<b><b><b>')
    expect((await shown.textContent())?.length).toBeLessThanOrEqual(64 * 1024)
    const overflows = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    expect(overflows).toBe(false)
  })

  await test.step('two hundred bodies of markup, eight to an answer, stay letters', async () => {
    for (let number = 0; number < 25; number++) {
      const shown = await call(`/${number}`)
      await expect(shown).toContainText('<!--<')
      await expect(shown).toContainText('␛[2J')
      await expect(shown.locator('*')).toHaveCount(0)
    }
  })

  const drawer = page.getByRole('region', { name: 'Call' })
  await expect(
    drawer.locator('script, iframe, img, object, embed, base, meta, link, style, form[action*="evil"]'),
  ).toHaveCount(0)
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  await expect(page.locator('html')).not.toHaveAttribute('data-policy-report')
  expect(happened).toEqual([])
})
