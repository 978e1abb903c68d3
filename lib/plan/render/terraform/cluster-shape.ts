import { attribute, block, mapFrom, type Shape } from './shape'

/** Members that the provider keeps in a resource of its own, aws_ecs_cluster_capacity_providers. */
export const capacityMembers = ['capacityProviders', 'defaultCapacityProviderStrategy'] as const

/** Arguments as in the AWS provider's documentation, aws_ecs_cluster. */
export const cluster: Shape = {
  clusterName: attribute('name'),
  settings: block('setting', { name: attribute('name'), value: attribute('value') }),
  configuration: block('configuration', {
    executeCommandConfiguration: block('execute_command_configuration', {
      kmsKeyId: attribute('kms_key_id'),
      logging: attribute('logging'),
      logConfiguration: block('log_configuration', {
        cloudWatchLogGroupName: attribute('cloud_watch_log_group_name'),
        cloudWatchEncryptionEnabled: attribute('cloud_watch_encryption_enabled'),
        s3BucketName: attribute('s3_bucket_name'),
        s3EncryptionEnabled: attribute('s3_bucket_encryption_enabled'),
        s3KeyPrefix: attribute('s3_key_prefix'),
      }),
    }),
    managedStorageConfiguration: block('managed_storage_configuration', {
      kmsKeyId: attribute('kms_key_id'),
      fargateEphemeralStorageKmsKeyId: attribute('fargate_ephemeral_storage_kms_key_id'),
    }),
  }),
  serviceConnectDefaults: block('service_connect_defaults', { namespace: attribute('namespace') }),
  tags: mapFrom('tags', 'key', 'value'),
}

/** Arguments as in the AWS provider's documentation, aws_ecs_cluster_capacity_providers. */
export const clusterCapacity: Shape = {
  capacityProviders: attribute('capacity_providers'),
  defaultCapacityProviderStrategy: block('default_capacity_provider_strategy', {
    capacityProvider: attribute('capacity_provider'),
    weight: attribute('weight'),
    base: attribute('base'),
  }),
}
