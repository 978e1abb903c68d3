// The service-to-service demo, made through the public API as anybody would make it, and only where it is missing.
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryServiceCommand,
  CreatePrivateDnsNamespaceCommand,
  GetOperationCommand,
  paginateListNamespaces,
  paginateListServices,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'

const namespaceName = 'production.local'

/**
 * @typedef {object} ExampleService
 * @property {string} name the discovery name
 * @property {number} port
 * @property {number} desiredCount
 * @property {{ name: string, value: string }[]} environment
 */

/** @type {ExampleService[]} */
const examples = [
  { name: 'backend-api', port: 8080, desiredCount: 2, environment: [] },
  {
    name: 'frontend-web',
    port: 3000,
    desiredCount: 1,
    environment: [{ name: 'BACKEND_URL', value: `http://backend-api.${namespaceName}:8080` }],
  },
]

/**
 * Makes cluster `default`, namespace `production.local`, both discovery services and both ECS services, each only when it is not there.
 * @param {{ endpoint: string, region: string, say: (text: string) => void, accountId?: string }} options
 */
export async function ensureExampleStack({ endpoint, region, say, accountId = '000000000000' }) {
  const settings = { endpoint, region, credentials: { accessKeyId: accountId, secretAccessKey: 'local' } }
  const ecs = new ECSClient(settings)
  const cloudMap = new ServiceDiscoveryClient({ ...settings, disableHostPrefix: true })
  try {
    await ecs.send(new CreateClusterCommand({ clusterName: 'default' }))
    const namespaceId = await ensureNamespace(cloudMap)
    for (const example of examples) {
      const registryArn = await ensureDiscoveryService(cloudMap, namespaceId, example.name)
      if (await ensureService(ecs, example, registryArn))
        say(`${example.name}-service, ${example.desiredCount} × ${example.name}`)
    }
  } finally {
    ecs.destroy()
    cloudMap.destroy()
  }
}

/** @param {ServiceDiscoveryClient} cloudMap @returns {Promise<string>} its id */
async function ensureNamespace(cloudMap) {
  for await (const page of paginateListNamespaces({ client: cloudMap }, {}))
    for (const namespace of page.Namespaces ?? [])
      if (namespace.Name === namespaceName && namespace.Id) return namespace.Id
  const { OperationId } = await cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: namespaceName, Vpc: 'vpc-default' }),
  )
  for (;;) {
    const { Operation } = await cloudMap.send(new GetOperationCommand({ OperationId }))
    if (Operation?.Status === 'FAIL')
      throw new Error(`The example namespace could not be made: ${Operation.ErrorMessage}`)
    if (Operation?.Status === 'SUCCESS' && Operation.Targets?.NAMESPACE) return Operation.Targets.NAMESPACE
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** @param {ServiceDiscoveryClient} cloudMap @param {string} namespaceId @param {string} name @returns {Promise<string>} its ARN */
async function ensureDiscoveryService(cloudMap, namespaceId, name) {
  const filters = { Filters: [{ Name: /** @type {const} */ ('NAMESPACE_ID'), Values: [namespaceId] }] }
  for await (const page of paginateListServices({ client: cloudMap }, filters))
    for (const service of page.Services ?? []) if (service.Name === name && service.Arn) return service.Arn
  const { Service } = await cloudMap.send(
    new CreateDiscoveryServiceCommand({
      Name: name,
      NamespaceId: namespaceId,
      DnsConfig: { RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'A', TTL: 60 }] },
      HealthCheckCustomConfig: {},
    }),
  )
  if (!Service?.Arn) throw new Error(`The example discovery service ${name} was made without an ARN.`)
  return Service.Arn
}

/** @param {ECSClient} ecs @param {ExampleService} example @param {string} registryArn @returns {Promise<boolean>} whether it was made now */
async function ensureService(ecs, example, registryArn) {
  const serviceName = `${example.name}-service`
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ services: [serviceName] }))
  if (services.some((service) => service.status === 'ACTIVE')) return false
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(taskDefinitionOf(example)))
  await ecs.send(
    new CreateServiceCommand({
      serviceName,
      taskDefinition: taskDefinition?.taskDefinitionArn,
      desiredCount: example.desiredCount,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-default'], securityGroups: ['sg-default'] },
      },
      serviceRegistries: [{ registryArn }],
    }),
  )
  return true
}

/** @param {ExampleService} example @returns {import('@aws-sdk/client-ecs').RegisterTaskDefinitionCommandInput} */
function taskDefinitionOf({ name, port, environment }) {
  return {
    family: name,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      {
        name,
        image: `${name}:latest`,
        essential: true,
        portMappings: [{ name: 'http', containerPort: port, protocol: 'tcp', appProtocol: 'http' }],
        environment: [{ name: 'PORT', value: String(port) }, ...environment],
        healthCheck: {
          command: ['CMD-SHELL', `curl -f http://localhost:${port}/health || exit 1`],
          interval: 5,
          timeout: 2,
          retries: 3,
        },
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': `/ecs/${name}`,
            'awslogs-region': 'us-east-1',
            'awslogs-stream-prefix': 'ecs',
          },
        },
      },
    ],
  }
}
