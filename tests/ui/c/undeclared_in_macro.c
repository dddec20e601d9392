#define AREA(w) ((w) * hight)

int main(void)
{
    return AREA(3); //~ ERROR FH1201
}
