"""A feature is told from an outcome, and each part that is left open is asked for once."""

import pytest
from pace import slower

from sextant.strategy.opportunities.reframe import ASKS, SOURCES_OWN, is_feature, reframe

FEATURES = [
    "Build a chatbot",
    "build an AI assistant",
    "Launch our recommender",
    "use a model",
    "We want a chatbot",
    "We want AI for our invoices",
    "we need an AI strategy",
    "Let's add a recommender",
    "Let’s do something with AI",
    "use GPT to answer mails",
    "Use ChatGPT for support",
    "use AI to reduce costs",
    "Leverage LLMs",
    "Leverage machine learning in pricing",
    "apply machine learning to our data",
    "Add a recommender",
    "Add AI-powered search",
    "AI-powered search",
    "GPT-based triage of mails",
    "Chatbot for customers",
    "An AI for everything",
    "A copilot for nurses",
    "a voice assistant that takes orders",
    "Fraud detection",
    "Recommendation engine",
    "Create a dashboard",
    "Develop an app for drivers",
    "Implement a churn model",
    "Introduce a support bot",
    "Integrate an LLM into the shop",
    "Deploy agents in the call centre",
    "Train a classifier",
    "Roll out a copilot to all staff",
    "Set up a RAG pipeline",
    "Automate invoice processing",
    "Replace the call centre with a chatbot",
    "Our idea is to build a virtual assistant",
    "The goal is to launch an AI agent",
    "Our CEO wants GPT in the product",
    "I would like to have a chatbot.",
    "We should use generative AI",
    "What if we build an agent that books trips?",
    "Personalise the home page",
    "It would be great to have an AI copilot",
    "build a model to predict churn",
    "A dashboard",
    "Genai pilot",
    "Make a chatbot",
    "We want to build a customer service chatbot for our website",
    "Implement GenAI for marketing copy",
    "AI agents for procurement",
    "Smart search",
    "Predict churn with machine learning",
    "Machine learning for demand forecasting",
    "Let us put an LLM in front of our documents",
    "Could we have a copilot for underwriters?",
    "We are going to launch a recommendation engine",
    "AI-driven pricing",
    "Introduce dynamic pricing",
    "build dashboards",
    "New onboarding app",
    "An AI that reads x-rays",
    "I want an app that identifies dogs in photos",
    "Bring ChatGPT to the help desk",
    "Use computer vision on the line",
    "Digitise all forms",
    "Add a save button",
    "Our own language model",
    "Speech recognition for doctors",
    "Detect fraud with AI",
    "Get us an AI assistant",
    "The board wants an AI project",
    "Introduce personalization",
    "Everybody needs AI",
    "We must have something with GPT",
    "A tool for planners",
    "Implementing a chatbot",
    "Building an AI assistant for support",
    "To build a chatbot",
    "chat bot",
    "Chatbot!",
    "Virtual assistant for travellers",
    "Fraud model",
    "Write product texts with GPT",
    "Ship an AI concierge",
    "We need a data platform",
    "A smarter knowledge base with RAG",
    "Image recognition for parcels",
    "We plan to introduce an agent for returns",
    "Please build us a bot",
    "Prototype a classifier for tickets",
    "Deep learning for demand",
    "Creating an app",
    "Offer a virtual stylist",
    "Answer e-mails using LLMs",
    "Adopt generative AI across the company",
    "Do AI",
    "Have an AI feature in the app",
    "Invoices with AI",
    "Customer support chatbot",
    "Personalisation engine",
]
OUTCOMES = [
    "cost of building a house",
    "model use per day",
    "User errors",
    "Make support cheaper",
    "Use of paper falls",
    "Make the checkout faster",
    "Make payments safer for the elderly",
    "Customer support costs",
    "Manual income checks per 1,000 applications",
    "reduce customer support costs by 30 % using automated conversational AI",
    "Reduce support costs by 30%",
    "Cut waiting time from 23 to 7 days",
    "increase orders per visit by 5 % using recommendations",
    "Halve the number of complaints by March 2027",
    "Fewer complaints about the chatbot",
    "We want fewer returns",
    "We need to cut fraud losses by 20 %",
    "Raise the share of calls solved at once",
    "Time to answer",
    "Share of chatbot sessions resolved without a person",
    "Agent turnover",
    "agent workload per shift",
    "Tickets per support agent",
    "App crashes per day",
    "Revenue per app",
    "Trust in the assistant",
    "Hours saved by the assistant",
    "customers who leave within a year",
    "calls that reach an agent",
    "Errors of the model in the night shift",
    "Build time of the app",
    "Launch delays per quarter",
    "Design errors per page",
    "Train delays",
    "Ship times",
    "Double the number of subscribers",
    "Keep the false alarm rate below 2 %",
    "Keep waiting below 5 minutes",
    "Automate 60 % of invoice checks",
    "People wait less for their decision",
    "Losses to fraud per 1,000 payments",
    "Improve retention by 3 points through better onboarding",
    "Use of antibiotics per patient",
    "cost of AI per request",
    "Number of agents who leave",
    "Model accuracy",
    "System downtime",
    "Prevent accidents at crossings",
    "Reduce time spent on AI evaluation",
    "More customers reach a person within 2 minutes",
    "First contact resolution",
    "Missed frauds per 10,000 payments",
    "Days until a claim is paid",
    "Income checks by hand",
    "Energy used per tonne",
    "Make fewer mistakes",
    "Add 500 subscribers a month",
    "Create 20 % more revenue per customer",
    "Launch time from idea to market falls from 9 to 6 months",
    "Users who use the app daily",
    "People reached by the platform",
    "Percentage of calls answered by bots",
    "Cost per tool",
    "We want happier customers",
    "Ship within two days in 95 % of cases",
    "Deliver 95 % of parcels on time",
    "Train punctuality",
    "Patients seen per day",
    "Design changes after launch",
    "Bring churn below 5 %",
    "Get costs down by 10 %",
    "Use less paper",
    "Use fewer tools",
    "manual checks",
    "Have fewer accidents",
    "Apply sanctions to fewer innocent people",
    "Share of dogs in photos that are found",
    "support costs per ticket",
    "Make it easier to apply",
    "App store rating",
    "Platform fees",
    "agents' overtime",
    "tool breakage",
    "engine failures per 1,000 km",
    "Wrong refusals of credit per 1,000 applications",
    "Time until a ticket is solved",
    "Faster answers to customers",
    "People who find what they look for",
    "Cost of a claim",
    "Nurses spend less time on writing",
    "Reach 90 % of students before the exam",
    "Keep costs flat",
    "Orders with AI help returned",
    "Shorter queues at the counter",
    "Working hours lost to search",
    "Energy cost of a model",
    "False alarms a day",
    "Parcels delivered on the first attempt",
    "We want people to get an answer within a day",
    "Stop losing customers after the first month",
    "Serve 20 % more patients with the same staff",
    "Improve the accuracy of the model",
    "Uptime of the platform",
    "Bots blocked per day",
]


@pytest.mark.parametrize("text", FEATURES)
def test_a_feature(text: str) -> None:
    found = reframe(text)
    assert found.is_feature
    assert is_feature(f"  {text.upper()}  ")
    assert not found.is_framed
    assert found.says == "That names a thing to build, not what shall change."
    assert found.example is not None


@pytest.mark.parametrize("text", OUTCOMES)
def test_no_feature(text: str) -> None:
    found = reframe(text)
    assert not found.is_feature
    assert not is_feature(f"{text}.")


def test_a_thing_by_itself_changes_nothing() -> None:
    for text in ("Use GPT to write our product texts", "A fraud model", "AI for support calls"):
        assert [one.part for one in reframe(text).missing] == list(ASKS)
    aimed = reframe("use AI to reduce support costs")
    assert [one.part for one in aimed.missing] == ["amount", "baseline", "due"]


def test_there_are_enough_of_both() -> None:
    assert min(len(set(FEATURES)), len(set(OUTCOMES))) >= 40


def test_the_sources_own_example() -> None:
    found = reframe("build a chatbot")
    assert [one.part for one in found.missing] == list(ASKS)
    assert found.example
    assert found.example.text == SOURCES_OWN
    assert "not a promise of yours" in found.example.amount
    told = reframe(SOURCES_OWN)
    assert told.is_framed
    assert not told.is_whole
    assert told.parts == {
        "metric": "customer support costs", "direction": "fall", "amount": "by 30 %",
        "mechanism": "automated conversational ai",
    }  # fmt: skip
    assert told.says == "That is an outcome. Left open: from where and by when."
    assert told.example is None


def test_every_other_example_has_places_for_amounts() -> None:
    for text in ("a fraud model", "a recommender", "churn model", "Build an app", "use GPT"):
        example = reframe(text).example
        assert example
        assert "…" in example.text, text
        assert "%" not in example.text.replace("… %", ""), text


PARTS = [
    ("Cut waiting time from 23 to 7 days by June 2027 using earlier reminders",
     {"metric": "waiting time", "direction": "fall", "amount": "from 23 to 7",
      "baseline": "from 23", "due": "by june 2027", "mechanism": "earlier reminders"}),
    ("Halve the number of complaints by March 2027",
     {"metric": "the number of complaints", "direction": "fall", "amount": "halve",
      "due": "by march 2027"}),
    ("Increase orders per visit by 5 % within 6 months through recommendations",
     {"metric": "orders per visit", "direction": "rise", "amount": "by 5 %",
      "due": "within 6 months", "mechanism": "recommendations"}),
    ("Customer support costs fall", {"metric": "customer support costs", "direction": "fall"}),
    ("Losses to fraud per 1,000 payments", {"metric": "losses to fraud per 1,000 payments"}),
    ("Cut the cost of calls from abroad by a third",
     {"metric": "the cost of calls from abroad", "direction": "fall", "amount": "by a third"}),
    ("Reduce churn by 2027", {"metric": "churn", "direction": "fall", "due": "by 2027"}),
    ("reduce costs by 2,000 a month by calling earlier",
     {"metric": "costs", "direction": "fall", "amount": "by 2,000",
      "mechanism": "calling earlier"}),
    ("Keep waiting below 5 minutes",
     {"metric": "waiting", "direction": "hold", "amount": "below 5"}),
    ("Happy people", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_the_parts_of_a_phrase(text: str, parts: dict[str, str]) -> None:
    found = reframe(text)
    assert dict(found.parts) == parts
    assert [one.part for one in found.missing] == [one for one in ASKS if one not in parts]


def test_a_whole_outcome_is_recognised() -> None:
    found = reframe(PARTS[0][0])
    assert found.is_whole
    assert found.missing == ()
    assert found.says.startswith("That is an outcome: it says what changes")


def test_means_before_the_change_are_turned_round() -> None:
    assert reframe("use AI to reduce support costs").turned == "reduce support costs by … using ai"
    assert reframe("Build a model to cut fraud losses by 20 %").turned == (
        "cut fraud losses by 20 % using a model"
    )
    assert reframe("use GPT to answer mails").turned == ""


def test_correctly_is_not_defined_of_what_is_probable() -> None:
    assert "of 100 that should be found" in reframe("correctly identify dogs in photos").vague
    assert "save button" in reframe("The app accurately reads receipts").vague
    assert reframe("The save button works").vague == ""


def test_what_is_neither() -> None:
    found = reframe("Happy people")
    assert not found.is_feature
    assert found.says == "That is neither a thing nor a change that can be counted yet."
    assert reframe("").is_feature is False
    assert reframe("").example is None


@pytest.mark.parametrize("text", ["a" * 100_000, "we want to " * 20_000, "of the by to 1 " * 9_000,
                                  "from 1 " * 20_000, "make " + "x " * 50_000])  # fmt: skip
def test_a_long_text_takes_no_long(text: str) -> None:
    import time

    start = time.process_time()
    reframe(text)
    assert time.process_time() - start < 0.25 * slower()
