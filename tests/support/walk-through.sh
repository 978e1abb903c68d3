# The KECS example's walk-through by the AWS CLI, command by command. Usage: sh walk-through.sh PORT FOLDER (with the two task definitions)
set -eu
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
# The CLI puts `data-` before the host of discover-instances; with a user name in the address it lands there instead of in the host.
export AWS_ENDPOINT_URL="http://local@127.0.0.1:$1"
cd "$2"

aws servicediscovery create-private-dns-namespace --name production.local --vpc vpc-default
until NAMESPACE=$(aws servicediscovery list-namespaces --query "Namespaces[?Name=='production.local'].Id" --output text) && [ -n "$NAMESPACE" ]; do :; done
for NAME in backend-api frontend-web; do
  aws servicediscovery create-service --name "$NAME" --namespace-id "$NAMESPACE" \
    --dns-config "NamespaceId=$NAMESPACE,DnsRecords=[{Type=A,TTL=60}]" --query Service.Arn --output text >"$NAME.arn"
  aws ecs register-task-definition --cli-input-json "file://$NAME.json"
done
aws ecs create-cluster --cluster-name default
aws ecs create-service --cluster default --service-name backend-api-service --task-definition backend-api --desired-count 2 \
  --launch-type FARGATE --service-registries "registryArn=$(cat backend-api.arn)"
aws ecs create-service --cluster default --service-name frontend-web-service --task-definition frontend-web --desired-count 1 \
  --launch-type FARGATE --service-registries "registryArn=$(cat frontend-web.arn)"
aws ecs wait services-stable --cluster default --services backend-api-service frontend-web-service
echo "backend instances: $(aws servicediscovery discover-instances --namespace-name production.local --service-name backend-api --query 'length(Instances)')"
echo "frontend instances: $(aws servicediscovery discover-instances --namespace-name production.local --service-name frontend-web --query 'length(Instances)')"
echo "services: $(aws ecs list-services --cluster default --query 'length(serviceArns)')"
echo "tasks: $(aws ecs list-tasks --cluster default --query 'length(taskArns)')"
aws ecs update-service --cluster default --service backend-api-service --desired-count 3
aws ecs wait services-stable --cluster default --services backend-api-service
echo "backend instances after scaling: $(aws servicediscovery discover-instances --namespace-name production.local --service-name backend-api --query 'length(Instances)')"

for NAME in frontend-web backend-api; do
  aws ecs update-service --cluster default --service "$NAME-service" --desired-count 0
  aws ecs delete-service --cluster default --service "$NAME-service"
  aws ecs wait services-inactive --cluster default --services "$NAME-service"
done
until [ -z "$(aws servicediscovery list-services --query 'Services[?InstanceCount!=`0`].Id' --output text)" ]; do :; done
for ID in $(aws servicediscovery list-services --query 'Services[].Id' --output text); do aws servicediscovery delete-service --id "$ID"; done
aws servicediscovery delete-namespace --id "$NAMESPACE"
until [ "$(aws servicediscovery list-namespaces --query 'length(Namespaces)')" = 0 ]; do :; done
for NAME in backend-api frontend-web; do aws ecs deregister-task-definition --task-definition "$NAME:1"; done
aws ecs delete-cluster --cluster default
echo "left: $(aws ecs list-clusters --query 'length(clusterArns)') clusters, $(aws ecs list-task-definitions --query 'length(taskDefinitionArns)') task definitions"
