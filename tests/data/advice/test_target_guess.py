"""The column to predict is guessed as a person would who knows such tables, and the reason is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ann_viz.data import Column
from ann_viz.data.advice.target_guess import guess_target
from ann_viz.data.advice.target_names import target_rank
from ann_viz.data.columns.words import name_words, phrase_for

# Columns of tables that many people have: "!" yes or no, "$" categories, the others numbers.
KNOWN = {
    "adult": ("age workclass$ fnlwgt education$ sex$ capital-gain hours-per-week native-country$ income$", "income"),
    "bank marketing": ("age job$ default! balance housing! loan! month$ duration poutcome$ y!", "y"),
    "bank deposit": ("age job$ default! balance housing! loan! month$ duration poutcome$ deposit!", "deposit"),
    "telco": ("gender$ SeniorCitizen! tenure Contract$ MonthlyCharges TotalCharges Churn!", "Churn"),
    "telco of IBM": ("Count Country$ Churn_Label! Churn_Score CLTV", "Churn_Label"),
    "card fraud": ("Time V1 V2 V28 Amount Class!", "Class"),
    "ames": ("MSSubClass MSZoning$ LotArea SaleType$ SaleCondition$ SalePrice", "SalePrice"),
    "titanic of seaborn": ("survived! pclass sex$ age fare class$ who$ deck$ embark_town$ alive! alone!", "survived"),
    "attrition": ("Age Attrition! DailyRate Department$ JobSatisfaction OverTime! PerformanceRating", "Attrition"),
    "people leaving": ("satisfaction_level last_evaluation left! promotion_last_5years! sales$ salary$", "left"),
    "stroke": ("gender$ age hypertension! heart_disease! bmi smoking_status$ stroke!", "stroke"),
    "heart failure": ("age anaemia! diabetes! platelets sex! smoking! time DEATH_EVENT!", "DEATH_EVENT"),
    "framingham": ("male! age education diabetes! totChol BMI glucose TenYearCHD!", "TenYearCHD"),
    "churners": ("Attrition_Flag$ Customer_Age Gender$ Income_Category$ Card_Category$ Credit_Limit", "Attrition_Flag"),
    "flight satisfaction": ("Gender$ Customer_Type$ Age Class$ Food_and_drink satisfaction$", "satisfaction"),
    "hotel": ("hotel$ is_canceled! lead_time adr reservation_status$ reservation_status_date$", "is_canceled"),
    "loan": ("Gender$ Married! Education$ ApplicantIncome LoanAmount Property_Area$ Loan_Status!", "Loan_Status"),
    "used cars": ("Year Selling_Price Present_Price Kms_Driven Fuel_Type$ Owner", "Selling_Price"),
    "bikes": ("season yr mnth holiday! temp windspeed casual registered cnt", "cnt"),
    "houses of King County": ("price bedrooms sqft_living condition grade yr_built zipcode lat long", "price"),
    "flights": ("airline$ source_city$ stops$ class$ duration days_left price", "price"),
    "avocado": ("AveragePrice Volume Bags type$ year region$", "AveragePrice"),
    "adverts": ("Gender$ Age EstimatedSalary Purchased!", "Purchased"),
    "spaceship": ("HomePlanet$ CryoSleep! Age VIP! Spa Transported!", "Transported"),
    "forest fires": ("X Y month$ day$ FFMC DMC temp rain area", "area"),
    "diamonds": ("carat cut$ color$ depth price x y z", "price"),
    "line": ("x y", "y"),
    "no-show": ("Gender$ Age Neighbourhood$ Scholarship! Diabetes! No-show!", "No-show"),
    "zoo": ("hair! feathers! eggs! legs tail! class_type", "class_type"),
    "mnist": ("label 1x1 1x2 28x28", "label"),
    "maintenance": ("Type$ Torque Tool_wear Machine_failure! TWF! HDF!", "Machine_failure"),
    "tips": ("total_bill tip sex$ smoker! day$ time$ size", "tip"),
    "laptops": ("Company$ Inches Ram Weight Price_euros OpSys$", "Price_euros"),
    "parkinson": ("Jitter Shimmer HNR status! RPDE PPE", "status"),
    "wine of R": ("Type$ Alcohol Malic Ash Hue Proline", "Type"),
    "credit": ("amount age seriousdlqin2yrs! income", "seriousdlqin2yrs"),
    "German": ("Alter Geschlecht$ Einkommen Abgewandert!", "Abgewandert"),
    "German prices": ("Preis Wohnfläche Zimmer Stadtteil$", "Preis"),
    "Spanish": ("edad sexo$ ingresos abandono! provincia$", "abandono"),
    "French": ("survécu! âge sexe$ ville$", "survécu"),
    "Portuguese": ("preço quartos bairro$ cidade$", "preço"),
    "Italian": ("età esito$ regione$", "esito"),
    "Dutch": ("doelvariabele$ leeftijd plaats$", "doelvariabele"),
    "Polish": ("cena metraż pokoje miasto$", "cena"),
    "Russian": ("возраст отток! город$", "отток"),
    "Chinese": ("价格 年龄 城市$", "价格"),
}
KINDS = {"!": "yes_no", "$": "category"}


def columns_of(names: str) -> tuple[Column, ...]:
    found = []
    for index, marked in enumerate(names.split()):
        kind = KINDS.get(marked[-1], "number")
        name = marked if kind == "number" else marked[:-1]
        distinct = {"number": 500, "category": 4, "yes_no": 2}[kind]
        found.append(
            Column(
                index=index,
                name=name,
                kind=kind,  # type: ignore[arg-type]
                n_missing=0,
                n_distinct=distinct,
                minimum=0.0,
                maximum=900.5,
                categories=tuple((f"value {n}", 20) for n in range(distinct if kind != "number" else 0)),
            )
        )
    return tuple(found)


@pytest.mark.parametrize(("names", "target"), KNOWN.values(), ids=KNOWN)
def test_targets_of_known_tables(names: str, target: str) -> None:
    """By their names alone, in several languages."""
    columns = columns_of(names)
    guess, reason = guess_target(columns, columns, header=True)
    assert guess.name == target
    assert reason


def number(index: int, distinct: int = 300, top: float = 99.5, *, whole: bool = False) -> Column:
    return Column(
        index=index,
        name=f"column {index + 1}",
        kind="number",
        n_missing=0,
        n_distinct=distinct,
        minimum=1.0,
        maximum=top,
        whole=whole,
    )


def words(index: int, *values: str) -> Column:
    kept = tuple((value, 50) for value in values)
    return Column(
        index=index,
        name=f"column {index + 1}",
        kind="category",
        n_missing=0,
        n_distinct=len(kept),
        categories=kept,
    )


@pytest.mark.parametrize(
    ("columns", "place", "reason"),
    [
        ((number(0), number(1), number(2, 3, 3.0, whole=True)), 2, "last column and has 3 classes"),
        ((number(0, 3, 3.0, whole=True), number(1), number(2), number(3)), 0, "stands first and has 3 classes"),
        ((words(0, "L", "B", "R"), number(1), number(2), number(3)), 0, "only column with words"),
        ((words(0, "M", "F", "I"), number(1), number(2), number(3)), 3, "last column"),
        ((words(0, "p", "e"), words(1, "x", "b", "s"), words(2, "d", "g", "u")), 0, "its values are 'e' and 'p'"),
        ((words(0, "x", "b"), words(1, "a", "b", "c"), words(2, "u", "v")), 2, "last column and has two answers"),
        ((number(0), number(1)), 1, "last column"),
    ],
)
def test_tables_without_names(columns: tuple[Column, ...], place: int, reason: str) -> None:
    """Values and place decide: classes at the left end, known pairs of answers, else the last column."""
    guess, why = guess_target(columns, columns, header=False)
    assert guess.index == place
    assert reason in why


def test_reasons_by_place() -> None:
    """What is last but cannot be learned, or hardly is an answer, is passed over and the reason says so."""
    columns = columns_of("speed age county$ location$")
    assert guess_target(columns, columns, header=True)[1] == "the columns after it only say who, where or when"
    columns = columns_of("speed width height")
    assert guess_target(columns, columns[:2], header=True) == (columns[1], "it is the last column that can be learned")
    assert guess_target(columns, columns[:1], header=True) == (columns[0], "it is the only column that can be learned")
    assert guess_target(columns, columns, header=True) == (columns[2], "it is the last column")
    grades = (number(0), number(1), number(2, 9, 9.0, whole=True))  # predicted as numbers: no classes are spoken of
    assert guess_target(grades, grades, header=True) == (grades[2], "it is the last column")


def test_a_pair_of_answers_beats_a_name_that_only_ends_like_one() -> None:
    """Who left is asked, not how content they were."""
    satisfaction = replace(words(0, "low", "medium", "high"), name="job satisfaction")
    columns = (satisfaction, number(1), replace(words(2, "stayed", "left"), name="state of things"))
    assert guess_target(columns, columns, header=True) == (columns[2], "its values are 'left' and 'stayed'")


def test_a_code_is_no_answer() -> None:
    """A column of codes is passed over unless its name asks for it."""
    columns = (number(0), Column(index=1, name="branch", kind="number", n_missing=0, n_distinct=90, code=True))
    assert guess_target(columns, columns, header=True)[0] is columns[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SalePrice", ["sale", "price"]),
        ("TenYearCHD", ["ten", "year", "chd"]),
        ("Risco de Crédito", ["risco", "de", "credito"]),
        ("Größe_in-m²", ["grosse", "in", "m2"]),
        ("합계", ["합계"]),
        ("", []),
        ("???", []),
    ],
)
def test_words_of_names(name: str, expected: list[str]) -> None:
    """Capitals inside, signs and accents do not matter."""
    assert name_words(name) == expected


def test_empty_names_have_no_rank() -> None:
    """A name without letters says nothing."""
    assert target_rank("") == target_rank("???") == 0


@pytest.mark.parametrize(
    ("name", "positive", "phrase"),
    [
        ("Exited", "1", "leaves the bank"),
        ("Exited", None, "leaves the bank"),
        ("Churn", "Yes", "leaves"),
        ("Attrition_Flag", "Attrited Customer", "leaves"),
        ("diagnosis", "M", "is malignant"),
        ("type", "spam", "is spam"),
        ("type", "p", "is poisonous"),
        ("income", ">50K", "earns more than 50K"),
        ("is_promoted", "1", "is promoted"),
        ("AHD", "Yes", "has heart disease"),
        ("Risk", "Bad", "is bad"),
        ("Potability", "1", "can be drunk"),
        ("answer", "1", ""),
        ("answer", "2.0", ""),
        ("answer", "x", ""),
        ("colour", "dark red", "is dark red"),
        ("colour", "a colour that is far too long for the output", ""),
        ("gekündigt", "ja", "kündigt"),
    ],
)
def test_phrases(name: str, positive: str | None, phrase: str) -> None:
    """Common targets have a phrase of their own, others say their value, and plain yes and no say nothing."""
    assert phrase_for(name, positive) == phrase
