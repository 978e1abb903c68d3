import type { OutputName, Ref } from '../../command'
import type { Plan } from '../../plan'
import { type Create, type CreateStep, createSteps, leftOut, unsayable } from '../creates'
import { danglingRefs } from '../dangling'
import { dependenciesOf } from '../depends'
import { snakeName, uniqueNames } from '../names'
import type { RenderTarget } from '../rendered'
import { danglingText, type Fields, inputOf, member } from '../value'
import { visibleLine } from '../visible'
import { capacityMembers, cluster, clusterCapacity } from './cluster-shape'
import { discoveryService, httpNamespace, privateDnsNamespace, publicDnsNamespace } from './discovery-shapes'
import { type Attribute, type Block, blockText, quoted } from './hcl'
import { ecsService } from './service-shape'
import { bodyOf, type Shape } from './shape'
import { taskDefinition } from './task-definition-shape'

type Kind = { readonly type: string; readonly shape: Shape }

const kinds: Readonly<Record<Create, Kind>> = {
  'servicediscovery:CreatePrivateDnsNamespace': {
    type: 'aws_service_discovery_private_dns_namespace',
    shape: privateDnsNamespace,
  },
  'servicediscovery:CreatePublicDnsNamespace': {
    type: 'aws_service_discovery_public_dns_namespace',
    shape: publicDnsNamespace,
  },
  'servicediscovery:CreateHttpNamespace': {
    type: 'aws_service_discovery_http_namespace',
    shape: httpNamespace,
  },
  'servicediscovery:CreateService': { type: 'aws_service_discovery_service', shape: discoveryService },
  'ecs:CreateCluster': { type: 'aws_ecs_cluster', shape: cluster },
  'ecs:RegisterTaskDefinition': { type: 'aws_ecs_task_definition', shape: taskDefinition },
  'ecs:CreateService': { type: 'aws_ecs_service', shape: ecsService },
}

/** An ECS service's id is its ARN (the provider's documentation, "Attribute Reference"). */
const attributes: Readonly<Record<OutputName, string>> = {
  clusterArn: 'arn',
  taskDefinitionArn: 'arn',
  serviceArn: 'id',
  taskArn: 'arn',
  namespaceId: 'id',
  namespaceArn: 'arn',
  discoveryServiceId: 'id',
  discoveryServiceArn: 'arn',
}

type Addresses = (stepId: string) => string | null

const wordsOf =
  (addressOf: Addresses) =>
  (ref: Ref): string => {
    const address = addressOf(ref.$ref.step)
    return address ? `${address}.${attributes[ref.$ref.output]}` : quoted(danglingText(ref))
  }

const pick = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))

const omit = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

type Made = { readonly blocks: readonly Block[]; readonly remarks: readonly string[] }

function resource(
  step: CreateStep,
  input: Fields,
  name: string,
  addressOf: Addresses,
  dependsOn: readonly string[],
): Made {
  const { type, shape } = kinds[step.command]
  const isCluster = step.command === 'ecs:CreateCluster'
  const { body, left } = bodyOf(isCluster ? omit(input, capacityMembers) : input, shape)
  const extra: Attribute[] = []
  if (step.command === 'ecs:CreateService' && step.after?.kind === 'service stable')
    extra.push(['wait_for_steady_state', { kind: 'value', value: true }])
  // The API's default name, which the provider wants said.
  if (isCluster && member(input, 'clusterName') === undefined)
    extra.push(['name', { kind: 'value', value: 'default' }])
  const addresses = dependsOn.flatMap((id) => addressOf(id) ?? [])
  if (addresses.length > 0) extra.push(['depends_on', { kind: 'words', words: `[${addresses.join(', ')}]` }])
  const main: Block = {
    name: 'resource',
    labels: [type, name],
    body: { ...body, attributes: [...body.attributes, ...extra] },
  }
  const capacity = isCluster ? pick(input, capacityMembers) : {}
  const blocks = Object.keys(capacity).length === 0 ? [main] : [main, capacityBlock(name, capacity)]
  return {
    blocks,
    remarks: left.map((path) => `Terraform's ${type} has no argument for ${path}; it is left out.`),
  }
}

function capacityBlock(name: string, capacity: Fields): Block {
  const { body } = bodyOf(capacity, clusterCapacity)
  const clusterName: Attribute = ['cluster_name', { kind: 'words', words: `aws_ecs_cluster.${name}.name` }]
  return {
    name: 'resource',
    labels: ['aws_ecs_cluster_capacity_providers', name],
    body: { ...body, attributes: [clusterName, ...body.attributes] },
  }
}

const value = (name: string, of: string | boolean): Attribute => [name, { kind: 'value', value: of }]

/** Which provider, and where; for another endpoint without what only AWS answers (the provider's guide "Custom Service Endpoints"). */
function head({ region, endpointUrl }: RenderTarget): readonly Block[] {
  const endpoints: Block[] =
    endpointUrl === null
      ? []
      : [
          {
            name: 'endpoints',
            body: {
              attributes: [value('ecs', endpointUrl), value('servicediscovery', endpointUrl)],
              blocks: [],
            },
          },
        ]
  const flags =
    endpointUrl === null ? [] : ['credentials_validation', 'metadata_api_check', 'requesting_account_id']
  return [
    {
      name: 'terraform',
      body: {
        attributes: [],
        blocks: [
          {
            name: 'required_providers',
            body: {
              attributes: [['aws', { kind: 'value', value: { source: 'hashicorp/aws', version: '>= 6.0' } }]],
              blocks: [],
            },
          },
        ],
      },
    },
    {
      name: 'provider',
      labels: ['aws'],
      body: {
        attributes: [value('region', region), ...flags.map((flag) => value(`skip_${flag}`, true))],
        blocks: endpoints,
      },
    },
  ]
}

const comment = (line: string) => `# ${visibleLine(line)}`

const isNormal = (text: string) => !/\p{Cs}/u.test(text) && text.normalize('NFC') === text

/** A configuration of what the plan makes; when it makes nothing, a text that says so. */
export function renderTerraform(
  plan: Plan,
  target: RenderTarget,
): { text: string; remarks: readonly string[] } {
  const steps = createSteps(plan)
  const remarks = [...unsayable(plan, 'Terraform'), ...danglingRefs(plan)]
  const heading = [plan.title, ...leftOut(plan, 'Terraform')].map(comment)
  if (steps.length === 0) {
    const lines = [...heading, comment('There is nothing left that a configuration could describe.')]
    return { text: `${lines.join('\n')}\n`, remarks }
  }
  const names = uniqueNames(
    steps.map((step) => step.id),
    snakeName,
  )
  const nameOf = (step: CreateStep) => names.get(step.id) ?? snakeName(step.id)
  const addressOf: Addresses = (id) => {
    const step = steps.find((one) => one.id === id)
    return step ? `${kinds[step.command].type}.${nameOf(step)}` : null
  }
  const words = wordsOf(addressOf)
  const dependencies = dependenciesOf(steps)
  const parts = steps.map((step) => {
    const input = inputOf(step)
    const made = resource(step, input, nameOf(step), addressOf, dependencies.get(step.id) ?? [])
    const text = made.blocks.map((block) => blockText(block, words)).join('\n\n')
    return {
      text: `${comment(step.sentence)}\n${text}`,
      remarks: made.remarks,
      isPlain: isNormal(JSON.stringify(input)),
    }
  })
  if (parts.some((part) => !part.isPlain))
    remarks.push(
      'Terraform writes all text in Unicode form NFC: some characters here change their bytes, not their look.',
    )
  return {
    text: `${[heading.join('\n'), ...head(target).map((block) => blockText(block, words)), ...parts.map((part) => part.text)].join('\n\n')}\n`,
    remarks: [...new Set([...remarks, ...parts.flatMap((part) => part.remarks)])],
  }
}
