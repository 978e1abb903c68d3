import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreateHttpNamespaceCommand,
  ListNamespacesCommand,
  RegisterInstanceCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'
import { startCloud, startConsole } from '../support/stack.mjs'
import { expect, test } from './support/journey'

/** Everything that AWS lets a name, a description, an image or a variable be, and that would run if it were taken as HTML. */
const payloads = [
  '<script>window.ran=1</script>',
  '<img/src=x/onerror=window.ran=1>',
  '"><svg/onload=window.ran=1>',
  "javascript:window.ran=1//'",
  '{{constructor.constructor("window.ran=1")()}}',
  '</title><script>window.ran=1</script>',
]

test('names, images, variables and attributes of others stay text on every screen (S-10)', async ({
  page,
}) => {
  const cloud = await startCloud(['--runtime', 'simulated', '--empty', '--operation-delay-ms', '0'])
  const console = await startConsole(cloud.url)
  const settings = {
    endpoint: cloud.url,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
  }
  const ecs = new ECSClient(settings)
  const cloudMap = new ServiceDiscoveryClient({ ...settings, disableHostPrefix: true })
  const refusals: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refusals.push(message.text())
  })
  page.on('dialog', (dialog) => refusals.push(`dialog ${dialog.message()}`))
  try {
    await ecs.send(new CreateClusterCommand({ clusterName: 'default' }))
    for (const [index, payload] of payloads.entries()) {
      await cloudMap.send(
        new CreateHttpNamespaceCommand({ Name: payload.replaceAll(' ', ''), Description: payload }),
      )
      await expect
        .poll(async () => (await cloudMap.send(new ListNamespacesCommand({}))).Namespaces?.length)
        .toBe(index + 1)
    }
    const { Namespaces = [] } = await cloudMap.send(new ListNamespacesCommand({}))
    for (const [index, namespace] of Namespaces.entries()) {
      const payload = payloads[index] ?? ''
      const { Service } = await cloudMap.send(
        new CreateDiscoveryServiceCommand({
          Name: `service-${index}`,
          NamespaceId: namespace.Id,
          Description: payload,
          HealthCheckCustomConfig: {},
        }),
      )
      await cloudMap.send(
        new RegisterInstanceCommand({
          ServiceId: Service?.Id,
          InstanceId: `instance-${index}`,
          Attributes: { AWS_INSTANCE_IPV4: '10.0.0.1', custom: payload },
        }),
      )
      await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: `family-${index}`,
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
          cpu: '256',
          memory: '512',
          containerDefinitions: [
            {
              name: 'app',
              image: payload,
              portMappings: [{ containerPort: 80 }],
              environment: [{ name: payload, value: payload }],
            },
          ],
        }),
      )
      await ecs.send(
        new CreateServiceCommand({
          serviceName: `ecs-service-${index}`,
          taskDefinition: `family-${index}`,
          desiredCount: 1,
          launchType: 'FARGATE',
          networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
          serviceRegistries: [{ registryArn: Service?.Arn }],
        }),
      )
    }

    await page.goto(console.url)
    await expect(page.locator('[data-service-name]')).toHaveCount(payloads.length)
    await expect(page.getByText(payloads[0] ?? '').first()).toBeVisible()
    for (const [index] of payloads.entries()) {
      await page.goto(
        `${console.url}/?${new URLSearchParams({ selected: `service/default/ecs-service-${index}` })}`,
      )
      const inspector = page.getByRole('complementary').first()
      await expect(inspector).toContainText(`ecs-service-${index}`)
      for (const tab of [/Instances/, /Config/, /Overview/])
        await inspector.getByRole('tab', { name: tab }).click()
    }
    await page.keyboard.press('v')
    await expect(page.getByRole('row').first()).toBeVisible()
    expect(await page.evaluate(() => 'ran' in window)).toBe(false)
    expect(refusals).toEqual([])
  } finally {
    ecs.destroy()
    cloudMap.destroy()
    await console.stop()
    await cloud.stop()
  }
})
