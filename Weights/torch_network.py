"""The report's network in plain PyTorch, tensor for tensor the one that Keras builds.

On a CPU it trains 1.5 times as fast as Keras's own layers on PyTorch do: batch norms in one call,
kernels that keep their layout, bfloat16 where it helps. Its layers have Keras's names, so weights go to and
fro by name (`load`, `store`).

With AMX the kernels' gradients by oneDNN's convolution took more than half of a step; as products of
matrices they take a fraction of that (`Conv`).
"""

import torch
import torch.nn.functional as F
from torch import nn

BLOCKS = (3, 4, 6, 3)
EPSILON = 1.001e-5  # of the backbone's batch norms


class Convolution(torch.autograd.Function):
    """Of a padded input; the kernel's gradient is a product of the input's windows and the output's gradient."""

    @staticmethod
    def forward(context, x, weight, stride):
        context.save_for_backward(x, weight)
        context.stride = stride
        return F.conv2d(x, weight, stride=stride, padding=weight.shape[-1] // 2)

    @staticmethod
    def backward(context, gradient):
        (x, weight), stride = context.saved_tensors, context.stride
        gradient = gradient.contiguous(memory_format=torch.channels_last)
        side, edge = weight.shape[-1], weight.shape[-1] // 2
        to_input = torch.ops.aten.convolution_backward(
            gradient, x, weight, None, (stride, stride), (edge, edge), (1, 1), False, (0, 0), 1,
            (True, False, False))[0]
        windows = F.pad(x.permute(0, 2, 3, 1), (0, 0, edge, edge, edge, edge))
        windows = windows.unfold(1, side, stride).unfold(2, side, stride)  # [n, h, w, c, side, side]
        windows = windows.permute(0, 1, 2, 4, 5, 3).reshape(-1, side * side * x.shape[1])
        rows = gradient.permute(0, 2, 3, 1).reshape(-1, weight.shape[0])
        to_weight = (rows.T @ windows).view(-1, side, side, x.shape[1]).permute(0, 3, 1, 2)
        return to_input, to_weight, None


class Conv(nn.Conv2d):
    """A convolution of odd side; on a CPU it trains through matrix products."""

    def forward(self, x):
        if x.is_cuda or not self.training:
            return super().forward(x)
        if self.kernel_size == (1, 1):
            return F.linear(x.permute(0, 2, 3, 1), self.weight.flatten(1), self.bias).permute(0, 3, 1, 2)
        return Convolution.apply(x, self.weight.to(x.dtype), self.stride[0])


class ReportNetwork(nn.Module):
    """[N, 3, side, side] in 0...1 → [N, 7] logits."""

    def __init__(self, side, classes=7, momentum=0.03):
        super().__init__()
        self.layers = nn.ModuleDict()

        def conv(name, *arguments, **options):
            self.layers[name] = Conv(*arguments, **options)

        def norm(name, channels, epsilon=EPSILON, kind=nn.BatchNorm2d):
            self.layers[name] = kind(channels, eps=epsilon, momentum=momentum)

        self.layers["conv1_conv"] = nn.Conv2d(3, 64, 7, stride=2, padding=3)
        wide = 64
        for stack, blocks in enumerate(BLOCKS, start=2):
            narrow = 32 << (stack - 1)
            for block in range(1, blocks + 1):
                name = f"conv{stack}_block{block}"
                stride = 2 if block == blocks and stack < 5 else 1
                norm(f"{name}_preact_bn", wide)
                if block == 1:
                    conv(f"{name}_0_conv", wide, 4 * narrow, 1)
                conv(f"{name}_1_conv", wide, narrow, 1, bias=False)
                norm(f"{name}_1_bn", narrow)
                conv(f"{name}_2_conv", narrow, narrow, 3, stride=stride, padding=1, bias=False)
                norm(f"{name}_2_bn", narrow)
                conv(f"{name}_3_conv", narrow, 4 * narrow, 1)
                wide = 4 * narrow
        norm("post_bn", wide)
        norm("batch_normalization", wide, 1e-3)
        self.layers["dense"] = nn.Linear(wide * ((side + 31) // 32) ** 2, 64)
        norm("batch_normalization_1", 64, 1e-3, nn.BatchNorm1d)
        self.layers["dense_1"] = nn.Linear(64, classes)

    def block(self, name, x):
        at = self.layers
        stride = at[f"{name}_2_conv"].stride[0]
        y = F.relu(at[f"{name}_preact_bn"](x))
        if f"{name}_0_conv" in at:
            x = at[f"{name}_0_conv"](y)
        elif stride > 1:
            x = F.max_pool2d(x, 1, stride)
        y = F.relu(at[f"{name}_1_bn"](at[f"{name}_1_conv"](y)))
        y = F.relu(at[f"{name}_2_bn"](at[f"{name}_2_conv"](y)))
        return x + at[f"{name}_3_conv"](y)

    def forward(self, x):
        at = self.layers
        x = F.max_pool2d(F.pad(at["conv1_conv"](x), (1, 1, 1, 1)), 3, 2)
        for stack, blocks in enumerate(BLOCKS, start=2):
            for block in range(1, blocks + 1):
                x = self.block(f"conv{stack}_block{block}", x)
        x = F.dropout(F.relu(at["post_bn"](x)), 0.25, self.training)
        x = at["batch_normalization"](x).permute(0, 2, 3, 1).flatten(1)  # Keras flattens [h, w, C]
        x = at["batch_normalization_1"](F.relu(at["dense"](x)))
        return at["dense_1"](F.dropout(x, 0.5, self.training))

    @torch.no_grad()
    def initialize(self):
        """Kernels and biases as Keras begins: Glorot's uniform range, zeros."""
        for layer in self.layers.values():
            if isinstance(layer, (nn.Conv2d, nn.Linear)):
                nn.init.xavier_uniform_(layer.weight)
                if layer.bias is not None:
                    layer.bias.zero_()
        return self

    def tensors(self):
        """`<layer>/<variable>` to (tensor, from Keras's axes to PyTorch's, and back)."""
        found = {}
        for name, layer in self.layers.items():
            if isinstance(layer, nn.Conv2d):
                found[f"{name}/kernel"] = layer.weight, (3, 2, 0, 1), (2, 3, 1, 0)
            elif isinstance(layer, nn.Linear):
                found[f"{name}/kernel"] = layer.weight, (1, 0), (1, 0)
            else:
                found |= {f"{name}/gamma": (layer.weight, (0,), (0,)),
                          f"{name}/beta": (layer.bias, (0,), (0,)),
                          f"{name}/moving_mean": (layer.running_mean, (0,), (0,)),
                          f"{name}/moving_variance": (layer.running_var, (0,), (0,))}
                continue
            if layer.bias is not None:
                found[f"{name}/bias"] = layer.bias, (0,), (0,)
        return found

    @torch.no_grad()
    def load(self, arrays):
        """Takes over Keras's arrays; both must have the same names."""
        own = self.tensors()
        assert set(own) == set(arrays), set(own) ^ set(arrays)
        for name, (tensor, axes, _) in own.items():
            tensor.copy_(torch.from_numpy(arrays[name]).permute(axes))
        return self

    def store(self):
        """Name to array, in Keras's axes."""
        return {name: tensor.detach().permute(back).cpu().contiguous().numpy().copy()
                for name, (tensor, _, back) in self.tensors().items()}
