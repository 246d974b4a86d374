"""Prints every scalar that TensorBoard itself finds below a folder, and what its HPARAMS tab knows of each run."""

import json
import os
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import plugin_data_pb2

runs = {}
hparams = {}
for folder, _, names in os.walk(sys.argv[1]):
    if not any("tfevents" in name for name in names):
        continue
    accumulator = EventAccumulator(folder, size_guidance={"scalars": 0})
    accumulator.Reload()
    run = os.path.relpath(folder, sys.argv[1])
    runs[run] = {
        tag: [[event.step, event.value, event.wall_time] for event in accumulator.Scalars(tag)]
        for tag in accumulator.Tags()["scalars"]
    }
    try:
        content = accumulator.PluginTagToContent("hparams")
    except KeyError:
        continue
    found = {}
    for tag, data in content.items():
        message = plugin_data_pb2.HParamsPluginData.FromString(data)
        if message.HasField("session_start_info"):
            info = message.session_start_info
            found["group"] = info.group_name
            found["hparams"] = {
                name: getattr(value, value.WhichOneof("kind")) for name, value in info.hparams.items()
            }
        if message.HasField("session_end_info"):
            found["status"] = message.session_end_info.status
    hparams[run] = found
print(json.dumps({"runs": runs, "hparams": hparams}))
