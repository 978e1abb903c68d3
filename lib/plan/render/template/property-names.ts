import { isRef } from '../../command'
import { type Fields, isFields, isList, type Value } from '../value'

/**
 * Members whose CloudFormation name is more than the API's with a capital (CloudFormation template reference, AWS::ECS::*). By the
 * member, or by the member it stands in and itself.
 */
const renamed: ReadonlyMap<string, string> = new Map([
  ['settings', 'ClusterSettings'],
  ['placementStrategy', 'PlacementStrategies'],
  ['efsVolumeConfiguration', 'EFSVolumeConfiguration'],
  ['efsVolumeConfiguration.fileSystemId', 'FilesystemId'],
  ['fsxWindowsFileServerVolumeConfiguration', 'FSxWindowsFileServerVolumeConfiguration'],
  ['s3filesVolumeConfiguration', 'S3FilesVolumeConfiguration'],
  ['iam', 'IAM'],
  ['properties', 'ProxyConfigurationProperties'],
])

/** Maps whose keys are the user's own words. */
const userMaps: ReadonlySet<string> = new Set([
  'dockerLabels',
  'options',
  'driverOpts',
  'labels',
  'DockerLabels',
  'Options',
  'DriverOpts',
  'Labels',
])

/** A name of CloudFormation's as aws-cdk-lib writes it, where that is more than its first letter made small. */
const cdkNames: ReadonlyMap<string, string> = new Map([
  ['EnableECSManagedTags', 'enableEcsManagedTags'],
  ['ManagedEBSVolume', 'managedEbsVolume'],
  ['EFSVolumeConfiguration', 'efsVolumeConfiguration'],
  ['IAM', 'iam'],
  ['SOA', 'soa'],
  ['TTL', 'ttl'],
])

type Rename = (name: string, inside: string) => string

function rename(value: Value, inside: string, nameOf: Rename): Value {
  if (isRef(value)) return value
  if (isList(value)) return value.map((item) => rename(item, inside, nameOf))
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      nameOf(name, inside),
      userMaps.has(name) ? item : rename(item, name, nameOf),
    ]),
  )
}

const renameFields = (fields: Fields, nameOf: Rename): Fields => {
  const named = rename(fields, '', nameOf)
  return isFields(named) ? named : {}
}

const templateName: Rename = (name, inside) =>
  renamed.get(`${inside}.${name}`) ?? renamed.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1)

const cdkName: Rename = (name) => cdkNames.get(name) ?? name.charAt(0).toLowerCase() + name.slice(1)

/** An API input with the names of CloudFormation's properties; the user's own keys stay as they are. */
export const toProperties = (input: Fields): Fields => renameFields(input, templateName)

/** CloudFormation's properties with the names of aws-cdk-lib's L1 constructs. */
export const toCdkProps = (properties: Fields): Fields => renameFields(properties, cdkName)
