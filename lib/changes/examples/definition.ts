import type { TaskDefinitionInput } from '../task-definition-json'
import type { World } from '../world'
import { EXAMPLE_TAG, familyOf } from './all'
import type { ExampleService } from './example'

/** The shortest that ECS takes, so that a stopped program is noticed soon. */
const CHECK = { interval: 5, timeout: 2, retries: 3 }

/** Logs need an execution role on AWS (ECS developer guide, "Task execution role"), and an example makes no roles. */
const logsOf = (service: ExampleService, { inventory }: World) =>
  inventory.target.kind === 'aws'
    ? {}
    : {
        logConfiguration: {
          logDriver: 'awslogs' as const,
          options: {
            'awslogs-group': `/ecs/${familyOf(service.name)}`,
            'awslogs-region': inventory.target.region,
            'awslogs-stream-prefix': 'ecs',
            'awslogs-create-group': 'true',
          },
        },
      }

/** The name of a service's port; Service Connect refers to it. */
export const portNameOf = ({ speaks }: ExampleService): string => (speaks === 'http' ? 'http' : 'tcp')

/** The task definition of one service of an example, for Fargate's smallest size; with a proxy beside it for the next one. */
export const exampleDefinition = (
  example: string,
  service: ExampleService,
  world: World,
): TaskDefinitionInput => ({
  family: familyOf(service.name),
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: service.connect ? '512' : '256',
  memory: service.connect ? '1024' : '512',
  containerDefinitions: [
    {
      name: service.name,
      image: service.image,
      essential: true,
      portMappings: [
        {
          name: portNameOf(service),
          containerPort: service.port,
          protocol: 'tcp',
          ...(service.speaks === 'http' ? { appProtocol: 'http' } : {}),
        },
      ],
      ...(service.environment.length > 0
        ? { environment: service.environment.map(({ name, value }) => ({ name, value })) }
        : {}),
      ...(service.healthPath === null
        ? {}
        : {
            healthCheck: {
              command: [
                'CMD-SHELL',
                `curl -f http://localhost:${service.port}${service.healthPath} || exit 1`,
              ],
              ...CHECK,
            },
          }),
      ...logsOf(service, world),
    },
  ],
  tags: [{ key: EXAMPLE_TAG, value: example }],
})
