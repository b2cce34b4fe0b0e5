"""What is said of one network on the validation faces: both truths, calibration, what a threshold does."""

import numpy as np

import fer
import measures


def report(z, part, temperature, targets, usable):
    """Everything that is said of one network, as a dict."""
    truth = fer.majority(part["votes"], part["copies"])
    shares, voted = fer.targets(part["label"], part["votes"], "ferplus")
    result = {"temperature": temperature}
    for name, t in (("before", 1.0), ("after", temperature)):
        p = measures.softmax(z / t)
        result[name] = {
            "ece_majority": measures.ece(p, truth), "ece_fer2013": measures.ece(p, part["label"]),
            "ece_votes": measures.ece(p[voted], shares[voted]),
            "nll_labels": measures.nll(p[usable], targets[usable]),
            "divergence_votes": measures.divergence(p[voted], shares[voted])}
    for name, labels in (("ferplus", truth), ("fer2013", part["label"])):
        right, count = measures.accuracy(p, labels)
        result[name] = {"right": right, "faces": count, "accuracy": right / count,
                        "interval": measures.interval(right, count),
                        "recall": dict(zip(fer.CLASSES, measures.recalls(p, labels))),
                        "confusion": measures.confusion(p, labels)}
    result["abstaining"] = abstaining(p, truth, shares, voted)
    return result


def abstaining(p, truth, shares, voted):
    """What a threshold would do: share of all faces that get an answer, how many of the answers are
    right (majority), and the votes' mean share for the refused answers."""
    first, sure, counted = p.argmax(1), p.max(1), truth != fer.LEFT_OUT
    rows = []
    for threshold in np.arange(0.30, 0.71, 0.05):
        answered, refused = sure >= threshold, (sure < threshold) & voted
        rows.append({
            "below": round(float(threshold), 2), "answered": float(answered.mean()),
            "right_of_answered": float((first == truth)[answered & counted].mean()) if (answered & counted).any() else None,
            "votes_for_refused": float(shares[np.arange(len(p)), first][refused].mean()) if refused.any() else None})
    return rows


def show(r):
    for name, title in (("ferplus", "FER+ majority"), ("fer2013", "FER2013's label")):
        s = r[name]
        print(f"{title}: {s['right']} of {s['faces']} right, {s['accuracy']:.2%}"
              f" (95 %: {s['interval'][0]:.2%} to {s['interval'][1]:.2%})")
        print("  recall", *(f"{c} {right}/{faces} {right / max(faces, 1):.1%};" for c, (right, faces) in s["recall"].items()))
        print("  confusion, rows are the truth:")
        for c, row in zip(fer.CLASSES, s["confusion"]):
            print(f"    {c:9}", *(f"{count:4}" for count in row))
    print(f"temperature {r['temperature']:.4f}; before and after:")
    for key in r["before"]:
        print(f"  {key:17} {r['before'][key]:.4f}  {r['after'][key]:.4f}")
    for row in r["abstaining"]:
        right, refused = row["right_of_answered"], row["votes_for_refused"]
        print(f"  abstain below {row['below']:.2f}: {row['answered']:.1%} answered, {right if right is None else f'{right:.1%}'}"
              f" right; votes for what is refused {refused if refused is None else round(refused, 3)}")
