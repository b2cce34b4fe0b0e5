"""Asks a running server by Triton's own client, in JSON and in binary.

    python Tests/Load/triton.py PORT FACE.JPG
"""

import base64
import sys

import numpy as np
import tritonclient.http as triton

client = triton.InferenceServerClient("localhost:" + sys.argv[1])
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("mood")
print(client.get_server_metadata(), client.get_model_metadata("mood"))
photo = open(sys.argv[2], "rb").read()
answers = []
for binary in [True, False]:
    image = triton.InferInput("image", [2], "BYTES")
    data = photo if binary else base64.b64encode(photo)
    image.set_data_from_numpy(np.array([data, data], dtype=np.object_), binary_data=binary)
    outputs = [triton.InferRequestedOutput(n, binary_data=binary) for n in ["probabilities", "mood"]]
    answer = client.infer("mood", [image], outputs=outputs, request_id="7")
    assert answer.get_response()["id"] == "7"
    probabilities, mood = answer.as_numpy("probabilities"), answer.as_numpy("mood")
    assert probabilities.shape == (2, 7) and abs(probabilities.sum(axis=1) - 1).max() < 1e-3
    answers.append(probabilities)
    print("binary" if binary else "JSON", mood, probabilities[0].round(4))
assert abs(answers[0] - answers[1]).max() < 1e-5
print("2 passed, 0 failed")
