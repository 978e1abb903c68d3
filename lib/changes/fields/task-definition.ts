import { z } from 'zod'
import { containerInput } from './container'
import { cpuLabel, fargateSizes, memoryFor, memoryLabel } from './fargate-sizes'
import { ecsTags } from './tags'
import { ecsName, roleArn } from './text'

const MOST_CONTAINERS = 10

type Issue = { readonly path: (string | number)[]; readonly message: string }

/** What cannot be together in one task: all containers share one network interface in `awsvpc` mode. */
function clashes(containers: readonly z.infer<typeof containerInput>[]): Issue[] {
  const issues: Issue[] = []
  const names = new Set<string>()
  const portNames = new Set<string>()
  const ports = new Set<string>()
  containers.forEach((container, at) => {
    if (names.has(container.name))
      issues.push({ path: ['containers', at, 'name'], message: 'Another container has this name.' })
    names.add(container.name)
    container.ports.forEach((one, index) => {
      const path = ['containers', at, 'ports', index]
      if (one.name !== '' && portNames.has(one.name))
        issues.push({ path: [...path, 'name'], message: 'Another port of this task has this name.' })
      portNames.add(one.name)
      const key = `${one.containerPort}/${one.protocol}`
      if (ports.has(key))
        issues.push({
          path: [...path, 'containerPort'],
          message: 'This port is taken: the containers of a task share one network interface.',
        })
      ports.add(key)
    })
  })
  if (containers.length > 0 && !containers.some((container) => container.essential))
    issues.push({
      path: ['containers', 0, 'essential'],
      message: 'At least one container must be essential.',
    })
  return issues
}

/** A task definition by form, for Fargate: network mode `awsvpc`, Linux. Anything else comes as JSON. */
export const taskDefinitionForm = z
  .object({
    family: ecsName('task definition'),
    /** CPU units: 1,024 are one vCPU. */
    cpu: z.number('Choose a CPU size.').refine((cpu) => memoryFor(cpu).length > 0, {
      message: `Fargate has ${fargateSizes.map((size) => cpuLabel(size.cpu)).join(', ')}.`,
    }),
    memoryMib: z.number('Choose a memory size.'),
    architecture: z.enum(['X86_64', 'ARM64']),
    /** Empty: none. Fargate needs it for logs, secrets and private images. */
    executionRoleArn: roleArn,
    /** Empty: none. What the containers may do in AWS. */
    taskRoleArn: roleArn,
    containers: z
      .array(containerInput)
      .min(1, 'A task has at least one container.')
      .max(MOST_CONTAINERS, `A task has at most ${MOST_CONTAINERS} containers.`),
    tags: ecsTags,
  })
  .superRefine(({ cpu, memoryMib, containers }, context) => {
    const legal = memoryFor(cpu)
    if (legal.length > 0 && !legal.includes(memoryMib))
      context.addIssue({
        code: 'custom',
        path: ['memoryMib'],
        message: `With ${cpuLabel(cpu)} Fargate offers ${legal.map(memoryLabel).join(', ')}.`,
      })
    for (const issue of clashes(containers)) context.addIssue({ code: 'custom', ...issue })
  })

export type TaskDefinitionForm = z.infer<typeof taskDefinitionForm>
