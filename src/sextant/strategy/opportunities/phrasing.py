"""Words by which a phrase gives itself away: a thing to build, or a change that can be counted.

Everything is matched on the phrase in small letters, its blanks squeezed.
"""

from __future__ import annotations

import re

_THING = (
    r"chat ?bots?|bots?|(?:ai|a\.i\.)|artificial intelligence|machine learning|deep learning"
    r"|ml|nlp|rag|(?:chat)?gpt(?:-?[0-9][\w.]*)?|llms?|(?:large )?language models?|gen ?ai"
    r"|generative ai|neural net(?:work)?s?|computer vision|algorithms?|models?|assistants?|agents?"
    r"|co-?pilots?|recommenders?|recommendation (?:engine|system)s?|classifiers?|detectors?"
    r"|predictors?|(?:fraud|anomaly) detection|tools?|apps?|features?|platforms?|dashboards?"
    r"|solutions?|engines?|portals?|plug-?ins?|pipelines?|apis?|automation|personali[sz]ation"
    r"|(?:speech|image|face|voice) recognition|(?:smart|semantic) search|dynamic pricing"
    r"|sentiment analysis|predictive maintenance"
)
_KIND_OF_AI = (
    r"chat ?bots?|bots?|ai|artificial intelligence|machine learning|deep learning|ml|nlp|rag"
    r"|(?:chat)?gpt(?:-?[0-9][\w.]*)?|llms?|language models?|gen ?ai|generative ai"
    r"|neural net(?:work)?s?|computer vision|algorithms?"
)
_DETERMINER = r"an?|the|our|your|its|their|this|that|some|more|another|new"
_BUILD = (
    r"(?:build|develop|launch|implement|train|deploy|introduc|creat|us|add)ing"
    r"|build|create|develop|launch|ship|implement|introduce|add|make|use|deploy|integrate|adopt"
    r"|leverage|apply|design|deliver|install|buy|train|roll out|set up|embed|put|try|offer"
    r"|prototype|pilot|get|have|do|provide|bring"
)
_DOWN = (
    r"reduc(?:e|es|ed|ing)|cut(?:s|ting)?|lower(?:s|ing)?|decreas(?:e|es|ed|ing)|shrink(?:s|ing)?"
    r"|halv(?:e|es|ed|ing)|shorten(?:s|ing)?|fewer|less|prevent(?:s|ing)?|avoid(?:s|ing)?"
    r"|eliminat(?:e|es|ing)|minimi[sz](?:e|es|ing)|curb|drop(?:s|ped|ping)?|fall(?:s|ing)?"
    r"|sav(?:e|es|ing)|cheaper|faster|shorter|slower|down"
)
_UP = (
    r"increas(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|grow(?:s|ing)?|doubl(?:e|es|ed|ing)"
    r"|tripl(?:e|es|ed|ing)|improv(?:e|es|ed|ing)|boost(?:s|ing)?|lift(?:s|ing)?|more|higher"
    r"|better|safer|rise(?:s)?|rising|gain(?:s|ing)?|up"
)
_KEEP = r"keep|hold|stay(?:s)?"
_MEASURE = (
    r"costs?|rates?|shares?|numbers?|times?|hours?|minutes?|days?|weeks?|errors?|mistakes?|revenue"
    r"|sales|margins?|profits?|churn|complaints?|calls?|tickets?|requests?|returns?|refunds?"
    r"|loss(?:es)?|fraud|accidents?|injuries|deaths|visits?|conversions?|clicks?|sessions?|usage"
    r"|use|uses|users|customers?|orders?|baskets?|satisfaction|nps|csat|retention|spend(?:ing)?"
    r"|waste|downtime|backlogs?|queues?|checks?|cases?|defects?|delays?|waiting|turnover|workload"
    r"|expenses?|emissions|consumption|cancellations?|subscribers|leads|accuracy|reach|trust"
    r"|crashes|effort|claims?|price|prices|stock|yield|throughput|quality"
)
_PLACE = r"for|that|which|who|to|in|on|with|at|by|of|about|from|using"

WISH = re.compile(
    r"^(?:(?:i|we|you|they|our (?:team|company|ceo|boss)|the (?:team|company|ceo|boss|board)"
    r"|management|marketing|sales|somebody|everybody) )?"
    r"(?:(?:really |just |also )?(?:want|wants|need|needs|should|must|could|can|shall|will"
    r"|would like|'d like|’d like|plan|plans|propose|are going|am going|have|has"
    r"|think about|dream of|hope)"
    r"(?: we| you| i)?(?: to)?|let'?s|let’s|let us|to(?= \w+ (?:an?|the|our)\b)|please"
    r"|why not|how about|what if we|can we|could we"
    r"|shall we|our (?:idea|plan|goal|vision) is(?: to)?|the (?:idea|plan|goal) is(?: to)?|idea:"
    r"|goal:|it would be (?:nice|great|good) to(?: have)?|it’s time (?:for|to)|time to"
    r"|be the first (?:with|to))\s+"
)
STARTS_BUILDING = re.compile(rf"^(?:{_BUILD})\b(?! of\b)")
THING = re.compile(rf"\b(?:{_THING})\b")
AI = re.compile(rf"\b(?:{_KIND_OF_AI})\b|\b(?:ai|gpt|ml|llm)[- ]\w+")
BEFORE_THING = re.compile(rf"^(?:(?:{_DETERMINER}) )?(?:[\w’'-]+ ){{0,4}}?(?:{_THING})\b")
HEADED_BY_THING = re.compile(
    rf"^(?:(?:{_DETERMINER}) )?(?P<before>(?:[\w’'-]+ ){{0,4}}?)(?P<thing>{_THING})"
    rf"(?:$|[.!?,;:]|\s(?:{_PLACE})\b)"
)
AI_ADJECTIVE = re.compile(
    r"\b(?:ai|gpt|chatgpt|ml|llm|genai)[- ](?:powered|based|driven|enabled|first|native|assisted)\b"
)
HYPE_NOUN = re.compile(
    r"\b(?:ai|genai|generative ai|gpt|ml|llm|machine learning) "
    r"(?:strategy|initiative|transformation|project|pilot|offensive|roadmap|journey|thing|stuff)\b"
)
SOMETHING_WITH_AI = re.compile(rf"\b(?:something|anything|stuff|things) with (?:{_KIND_OF_AI})\b")
MADE_WITH_AI = re.compile(
    rf"^\w+ (?:[\w’'-]+ ){{0,4}}?(?<!ed )(?:with|using|through|by) (?:{_KIND_OF_AI})\b"
)
AUTOMATE = re.compile(r"^(?:automat|digiti[sz]|personali[sz])e\b")
REPLACE = re.compile(rf"^(?:replace|swap)\b.*\b(?:with|by|for)\b.*\b(?:{_THING})\b")
DETERMINED = re.compile(rf"^\S+(?: (?:out|up))? (?:{_DETERMINER})\b")
NOT_BARE = re.compile(rf"\b(?:{_DETERMINER}|{_PLACE}|per|and|is|are)\b")

COMPARED = re.compile(
    r"^make\b.*\b(?:cheaper|faster|shorter|safer|better|easier|fairer|quicker|rarer|cleaner"
    r"|more \w+|less \w+|fewer \w+)\b"
)
DOWN = re.compile(rf"\b(?:{_DOWN})\b")
UP = re.compile(rf"\b(?:{_UP})\b")
KEEP = re.compile(rf"^(?:{_KEEP})\b")
STARTS_WITH_DIRECTION = re.compile(rf"^(?:{_DOWN}|{_UP}|{_KEEP})\b")
STARTS_WITH_MEASURE = re.compile(rf"^(?:\S+ )?(?:{_MEASURE})s? \w+ed\b|^(?:{_MEASURE})\b")
MEASURE = re.compile(rf"\b(?:{_MEASURE})\b|\bper\b|%")
MEASURED = re.compile(rf"^\S+ (?!(?:{_THING})\b)(?:{_MEASURE}|fewer|less)\b")
CLAUSE = re.compile(
    r"\b(?:to|so that|in order to|and)\b(?: we| it| they)?\s+"
    rf"(?P<rest>(?:{_DOWN}|{_UP})\b.*)$"
)
_NUMBER = r"(?:[€$£] ?)?\d[\d.,’]*\d|\d"
AMOUNT = re.compile(
    rf"(?:by )?(?:{_NUMBER}) ?(?:%|per ?cent|percent|percentage points?|points?)"
    rf"|from .{{0,40}}?(?:{_NUMBER}).{{0,40}}? to .{{0,20}}?(?:{_NUMBER})"
    rf"|\b(?:by|to|below|under|above|over|at least|at most|within) (?:about |around )?(?:{_NUMBER})"
    r"(?! (?:weeks?|months?|years?|quarters?)\b)(?!\d{0,3}-\d\d)"
    r"|\bby (?:a )?(?:half|third|quarter|fifth|tenth)\b|\bhalv(?:e|es|ed|ing)\b"
    r"|\bdoubl(?:e|es|ed|ing)\b|\btripl(?:e|es|ed|ing)\b"
)
BASELINE = re.compile(
    rf"\bfrom (?:the |about |around |today’s |today's )?[\w ]{{0,20}}?(?:{_NUMBER})"
    rf"|\b(?:today|currently|now|at present)\b.{{0,20}}(?:{_NUMBER})"
    rf"|(?:{_NUMBER}).{{0,12}}\b(?:today|currently|now|at present)\b"
)
_MONTH = r"jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
DUE = re.compile(
    rf"\b(?:by|until|before|within|in|till|this|next|end of)\s+(?:the )?(?:end of |start of )?"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH})\b(?: 20\d\d\b)?"
    r"|q[1-4]\b(?: 20\d\d\b)?|20\d\d\b"
    r"|(?:one|two|three|six|nine|twelve|a|\d{1,3}) (?:days?|weeks?|months?|quarters?|years?)\b"
    r"|year\b|quarter\b|month\b|summer\b|winter\b|spring\b|autumn\b|christmas\b)"
    r"|\b20\d\d-\d\d(?:-\d\d)?\b"
)
MECHANISM = re.compile(
    r"\b(?:using|through|via|by means of|with the help of|thanks to)\s+(?P<how>\S.*)$"
    r"|\bby (?P<doing>(?!\d)\w+ing\b.*)$"
    rf"|\bwith (?P<tool>(?:an?|our|automated|automatic) .*|(?:{_KIND_OF_AI})\b.*)$"
)
VAGUE = re.compile(
    r"\b(?P<word>correctly|accurately|accurate|reliably|intelligently|smartly|seamlessly|properly"
    r"|perfectly|human-like)\b"
)
END_OF_METRIC = re.compile(
    r"\s*(?:\bto\b(?= \S*\d)|\bfrom\b(?=.{0,30}\d)"
    r"|\b(?:by|using|through|via|with|until|within|below|under|above|over|at least"
    r"|at most|before|this|next|so that|in order)\b|[.,;:!?](?!\d)|(?<!per )(?<![\d,.])\d).*$"
)
