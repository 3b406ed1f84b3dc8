namespace CesarPS.Engine.Models;

/// <summary>A tensor that a model must hold.</summary>
/// <param name="Type">How its numbers are stored.</param>
/// <param name="Shape">Its extents, fastest first, as the file lists them.</param>
internal sealed record GgmlTensor(GgmlTensorType Type, int[] Shape)
{
    /// <summary>Bytes of its numbers.</summary>
    public long Bytes => Type.BytesOf(Shape.Aggregate(1L, (product, extent) => product * extent));
}

/// <summary>
/// The tensors that follow from a model's header, by name: those that <c>whisper_model_load</c> of whisper.cpp
/// creates. It refuses any other, but only after the memory for all of them is filled.
/// </summary>
internal sealed class GgmlTensorPlan
{
    private readonly Dictionary<string, GgmlTensor> tensors = [];
    private readonly GgmlTensorType weights;

    /// <summary>Works out the tensors of a model with this header.</summary>
    public GgmlTensorPlan(GgmlHeader header)
    {
        weights = header.WeightType;
        int state = header.AudioState;

        // Convolutions are never quantised.
        GgmlTensorType convolution = weights == GgmlTensorType.F32 ? GgmlTensorType.F32 : GgmlTensorType.F16;
        Add("encoder.positional_embedding", GgmlTensorType.F32, state, header.AudioContext);
        Add("encoder.conv1.weight", convolution, 3, header.Mels, state);
        Add("encoder.conv1.bias", GgmlTensorType.F32, 1, state);
        Add("encoder.conv2.weight", convolution, 3, state, state);
        Add("encoder.conv2.bias", GgmlTensorType.F32, 1, state);
        AddNorm("encoder.ln_post", state);
        AddBlocks("encoder", header.AudioLayers, state, "attn");

        Add("decoder.positional_embedding", GgmlTensorType.F32, state, header.TextContext);
        Add("decoder.token_embedding.weight", weights, state, header.Vocabulary);
        AddNorm("decoder.ln", state);
        AddBlocks("decoder", header.TextLayers, state, "attn", "cross_attn");
    }

    /// <summary>How many tensors there are.</summary>
    public int Count => tensors.Count;

    /// <summary>The tensors by name, for tests that write a model.</summary>
    public IReadOnlyDictionary<string, GgmlTensor> Tensors => tensors;

    private void AddBlocks(string side, int layers, int state, params ReadOnlySpan<string> attentions)
    {
        for (int layer = 0; layer < layers; layer++)
        {
            string block = $"{side}.blocks.{layer}";
            AddNorm($"{block}.mlp_ln", state);
            AddLinear($"{block}.mlp.0", state, 4 * state);
            AddLinear($"{block}.mlp.2", 4 * state, state);
            foreach (string attention in attentions)
            {
                AddNorm($"{block}.{attention}_ln", state);
                AddLinear($"{block}.{attention}.query", state, state);

                // Whisper's keys have no bias.
                Add($"{block}.{attention}.key.weight", weights, state, state);
                AddLinear($"{block}.{attention}.value", state, state);
                AddLinear($"{block}.{attention}.out", state, state);
            }
        }
    }

    private void AddLinear(string name, int from, int to)
    {
        Add($"{name}.weight", weights, from, to);
        Add($"{name}.bias", GgmlTensorType.F32, to);
    }

    private void AddNorm(string name, int state)
    {
        Add($"{name}.weight", GgmlTensorType.F32, state);
        Add($"{name}.bias", GgmlTensorType.F32, state);
    }

    private void Add(string name, GgmlTensorType type, params int[] shape) => tensors.Add(name, new GgmlTensor(type, shape));
}
