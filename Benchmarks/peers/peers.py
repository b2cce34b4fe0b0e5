"""One peer in a process of its own: `peers.py MODELS NAME THREADS` answers lines on stdin.

    check FILE          writes the probabilities of expected.npz's inputs to FILE (.npy)
    run BATCH SECONDS   passes for so long; answers with a JSON list of milliseconds a pass
    memory              answers with the largest resident size so far, in bytes

`peers.py MODELS NAME THREADS cold PHOTO` instead decodes a photo, runs it once and ends. Every peer
computes in fp32, except `openvino-bf16`, which is what OpenVINO does here when nobody asks.
"""

import json
import os
import resource
import sys
import time

# Before any import: what comes after is read when the libraries load.
MODELS, NAME, THREADS = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.environ["OMP_NUM_THREADS"] = str(THREADS)
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import numpy as np


def path(name):
    return os.path.join(MODELS, name)


def onnxruntime():
    import onnxruntime as ort
    options = ort.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = ort.InferenceSession(path("model.onnx"), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda x: session.run(None, {name: x})[0]


def openvino(precision):
    import openvino as ov
    settings = {"INFERENCE_NUM_THREADS": THREADS, "PERFORMANCE_HINT": "LATENCY"}
    if precision:
        settings["INFERENCE_PRECISION_HINT"] = precision
    core, compiled = ov.Core(), {}

    def run(x):
        # A fixed shape for each batch, which OpenVINO is faster with.
        if len(x) not in compiled:
            model = core.read_model(path("model.onnx"))
            model.reshape([len(x), *x.shape[1:]])
            request = core.compile_model(model, "CPU", settings).create_infer_request()
            compiled[len(x)] = request
        request = compiled[len(x)]
        request.infer([x], share_inputs=True)
        return request.get_output_tensor(0).data
    return run


def openvino_streams():
    """OpenVINO's throughput mode: requests side by side, as many as it asks for; f32.

    A "pass" is one of them: the time of a round of requests divided by their number.
    """
    import openvino as ov
    settings = {"INFERENCE_NUM_THREADS": THREADS, "PERFORMANCE_HINT": "THROUGHPUT",
                "INFERENCE_PRECISION_HINT": "f32"}
    core, queues = ov.Core(), {}

    def run(x):
        if len(x) not in queues:
            model = core.read_model(path("model.onnx"))
            model.reshape([len(x), *x.shape[1:]])
            queues[len(x)] = ov.AsyncInferQueue(core.compile_model(model, "CPU", settings))
        queue, outputs = queues[len(x)], []
        queue.set_callback(lambda request, _: outputs.append(request.get_output_tensor(0).data.copy()))
        for _ in range(len(queue)):
            queue.start_async([x])
        queue.wait_all()
        return outputs[0]
    run.passes = lambda x: len(queues[len(x)])
    return run


def litert():
    from ai_edge_litert.interpreter import Interpreter
    made = {}

    def run(x):
        if len(x) not in made:
            interpreter = Interpreter(model_path=path("model.tflite"), num_threads=THREADS)
            index = interpreter.get_input_details()[0]["index"]
            interpreter.resize_tensor_input(index, x.shape)
            interpreter.allocate_tensors()
            made[len(x)] = interpreter, index, interpreter.get_output_details()[0]["index"]
        interpreter, index, output = made[len(x)]
        interpreter.set_tensor(index, x)
        interpreter.invoke()
        return interpreter.get_tensor(output)
    return run


def tensorflow(kind):
    import tensorflow as tf
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    if kind == "function":
        function = tf.saved_model.load(path("saved")).signatures["serving_default"]
        return lambda x: function(x=tf.constant(x))["y"].numpy()
    import keras
    model = keras.saving.load_model(path("model.keras"), compile=False)
    return lambda x: model.predict(x, batch_size=len(x), verbose=0)


def torch():
    import torch
    sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Weights"))
    import torch_network
    torch.set_num_threads(THREADS)
    weights = dict(np.load(path("weights.npz")))
    side = np.load(path("expected.npz"))["inputs"].shape[1]
    network = torch_network.ReportNetwork(side).load(weights).eval()
    network = network.to(memory_format=torch.channels_last)
    import torch._inductor.config
    torch._inductor.config.freezing = True
    compiled = torch.compile(network)

    def run(x):
        with torch.inference_mode():
            x = torch.from_numpy(x).permute(0, 3, 1, 2)  # channels last, without a copy
            return torch.softmax(compiled(x), 1).numpy()
    return run


def ncnn():
    import ncnn
    net = ncnn.Net()
    net.opt.num_threads = THREADS
    for name in ("use_fp16_packed", "use_fp16_storage", "use_fp16_arithmetic", "use_bf16_storage",
                 "use_bf16_packed", "use_int8_inference"):
        if hasattr(net.opt, name):
            setattr(net.opt, name, False)
    net.load_param(path("model.ncnn.param"))
    net.load_model(path("model.ncnn.bin"))

    def one(x):
        extractor = net.create_extractor()
        planes = np.ascontiguousarray(x.transpose(2, 0, 1))  # Mat does not keep it alive
        extractor.input("in0", ncnn.Mat(planes))
        logits = np.array(extractor.extract("out0")[1]).ravel()
        logits = np.exp(logits - logits.max())
        return logits / logits.sum()
    return lambda x: np.stack([one(image) for image in x])  # it has no batches


PEERS = {
    "onnxruntime": onnxruntime,
    "openvino": lambda: openvino("f32"),
    "openvino-streams": openvino_streams,
    "openvino-bf16": lambda: openvino(None),
    "litert": litert,
    "tf-predict": lambda: tensorflow("predict"),
    "tf-function": lambda: tensorflow("function"),
    "torch-compile": torch,
    "ncnn": ncnn,
}


def main():
    run = PEERS[NAME]()
    if sys.argv[4:5] == ["cold"]:
        from PIL import Image
        side = int(sys.argv[6])
        image = Image.open(sys.argv[5]).convert("RGB").resize((side, side), Image.BICUBIC)
        print(int(run(np.asarray(image, "f4")[None] / np.float32(255)).argmax()))
        return
    inputs = np.load(path("expected.npz"))["inputs"]
    print("ready", flush=True)
    for line in sys.stdin:
        command, *rest = line.split()
        if command == "check":
            np.save(rest[0], run(inputs))
            print("checked", flush=True)
        elif command == "run":
            batch, seconds = int(rest[0]), float(rest[1])
            x = np.ascontiguousarray(np.resize(inputs, (batch, *inputs.shape[1:])))
            # The warm-up of `mood-cli bench`: a quarter of the time, a second at most.
            end = time.perf_counter() + min(seconds / 4, 1)
            run(x)
            while time.perf_counter() < end:
                run(x)
            passes = getattr(run, "passes", lambda _: 1)(x)
            times, end = [], time.perf_counter() + seconds
            while time.perf_counter() < end or len(times) < 3:
                start = time.perf_counter()
                run(x)
                times.append((time.perf_counter() - start) * 1e3 / passes)
            print(json.dumps(times), flush=True)
        elif command == "memory":
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)


main()
