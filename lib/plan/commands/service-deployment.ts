import { DescribeServiceDeploymentsCommand, StopServiceDeploymentCommand } from '@aws-sdk/client-ecs'
import { list, textOrNull } from '@/lib/inventory/loose'
import { answered, commandRunner, foundBy, notThere, type PlanClients } from './runner'

/** How a service deployment stands, as DescribeServiceDeployments says it. */
export type DeploymentStatus = {
  /** `IN_PROGRESS`, `ROLLBACK_SUCCESSFUL`, …; null: ECS does not know it (any more). */
  readonly status: string | null
  readonly reason: string | null
}

/** The state of one service deployment. Throws the SDK's error. */
export async function readDeploymentStatus(clients: PlanClients, arn: string): Promise<DeploymentStatus> {
  const answer = await clients.ecs.send(
    new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
  )
  const [found] = list(answer.serviceDeployments)
  return { status: textOrNull(found?.status), reason: textOrNull(found?.statusReason) }
}

const ENDING = /^(STOP_REQUESTED|STOPPED|ROLLBACK_\w+)$/

/** Asked for twice, ECS refuses the second time with ConflictException; so a lost answer is looked for first. */
export const stopServiceDeployment = commandRunner('ecs:StopServiceDeployment', {
  lookBefore: null,
  send: async (clients, input) => answered(await clients.ecs.send(new StopServiceDeploymentCommand(input))),
  async recognise(clients, input) {
    const { status } = await readDeploymentStatus(clients, input.serviceDeploymentArn ?? '')
    return status !== null && ENDING.test(status) ? foundBy() : notThere
  },
})
