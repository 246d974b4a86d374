"""What MLflow's own Python client sees, or logs: `client.py read EXPERIMENT`, `client.py model NAME FOLDER`, `client.py log`."""

import json
import sys

import mlflow
from mlflow import MlflowClient


def read(name):
    client = MlflowClient()
    experiment = client.get_experiment_by_name(name)
    runs = client.search_runs([experiment.experiment_id], max_results=1000)
    found = []
    for run in runs:
        histories = {}
        for key in run.data.metrics:
            points = client.get_metric_history(run.info.run_id, key)
            histories[key] = [[p.step, p.value, p.timestamp] for p in points]
        found.append(
            {
                "name": run.info.run_name,
                "status": run.info.status,
                "params": run.data.params,
                "tags": run.data.tags,
                "histories": histories,
                "datasets": [d.dataset.digest for d in run.inputs.dataset_inputs],
                "files": sorted(a.path for a in client.list_artifacts(run.info.run_id)),
            }
        )
    return found


def model(name, folder):
    client = MlflowClient()
    version = client.get_model_version_by_alias(name, "champion")
    path = mlflow.artifacts.download_artifacts(f"models:/{name}@champion", dst_path=folder)
    return {"version": version.version, "tags": version.tags, "path": path}


def log():
    mlflow.set_experiment("lab")
    ids = []
    for number in range(2):
        with mlflow.start_run(run_name=f"keras {number}") as run:
            mlflow.log_params({"lr": 0.01 * (number + 1), "optimizer": "adam"})
            mlflow.set_tag("team", "uro")
            for step in range(10):
                mlflow.log_metrics({"loss": 1 / (step + 1), "val_loss": 1.5 / (step + 1), "dice": step / 10}, step=step)
            mlflow.log_metric("test_auc", 0.9)
            ids.append(run.info.run_id)
    return ids


deeds = {"read": read, "model": model, "log": log}
print(json.dumps(deeds[sys.argv[1]](*sys.argv[2:])))
